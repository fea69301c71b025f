import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { OwnerSignals } from './OwnerSignals';
import { readHeirs } from './readHeirs';
import { readDecisions, type DecisionRecords } from './readDecisions';

/**
 * What the stores know of the owners of components that have none: who had
 * them before and to whom that one's others went, who has their neighbours, what
 * people answered. Five statements whatever their number.
 *
 * Call it before the components are written: until then the table of owners
 * still says whose they were.
 */
export async function readOwnerSignals(options: {
  knex: Knex;
  components: ReadonlyArray<{
    entityRef: string;
    /** Refs of the owners it names. */
    ownerRefs: readonly string[];
    systemRef?: string;
    repository?: string;
  }>;
  /** Refs of all that are orphaned, whatever the tables still say. */
  orphaned: readonly string[];
  records: DecisionRecords;
}): Promise<Map<string, OwnerSignals>> {
  const { knex, components, orphaned, records } = options;
  const entityRefs = components.map(({ entityRef }) => entityRef);
  const [former, systems, repositories, decisions] = await Promise.all([
    readFormerOwners(knex, entityRefs),
    readNeighbourOwners({
      knex,
      column: 'c.system_ref',
      orphaned,
      keys: components.flatMap(({ systemRef }) => systemRef ?? []),
    }),
    readNeighbourOwners({
      knex,
      column: 'c.repository',
      orphaned,
      keys: components.flatMap(({ repository }) => repository ?? []),
    }),
    readDecisions({ knex, entityRefs }),
  ]);
  const heirs = await readHeirs({
    ...{ knex, orphaned },
    ownerRefs: [
      ...new Set([
        ...[...former.values()].flat(),
        ...components.flatMap(({ ownerRefs }) => ownerRefs),
      ]),
    ],
  });
  return new Map(
    components.map(({ entityRef, systemRef, repository }) => {
      const { accepted = [], rejected = [] } = decisions.get(entityRef) ?? {};
      return [
        entityRef,
        {
          formerOwners: former.get(entityRef) ?? [],
          heirs: withoutOwn(heirs, accepted),
          systemNeighbourOwners: systemRef ? systems.get(systemRef) : undefined,
          repositoryOwners: repository
            ? repositories.get(repository)
            : undefined,
          decisions: { accepted, rejected, record: records.of },
        },
      ];
    }),
  );
}

/** An answer for a component is no evidence for itself. */
function withoutOwn(
  heirs: ReadonlyMap<string, ReadonlyMap<string, number>>,
  accepted: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return accepted.length === 0
    ? heirs
    : new Map(
        Array.from(heirs, ([from, counts]) => [
          from,
          new Map(
            Array.from(counts, ([to, count]): [string, number] => [
              to,
              accepted.includes(to) ? count - 1 : count,
            ]).filter(([, count]) => count > 0),
          ),
        ]),
      );
}

async function readFormerOwners(
  knex: Knex,
  entityRefs: string[],
): Promise<Map<string, string[]>> {
  const from = (table: string) => {
    const query = knex(table).select('entity_ref', 'owner_ref');
    whereIn(query, 'entity_ref', entityRefs);
    return query;
  };
  const rows: Array<{ entity_ref: string; owner_ref: string }> = await from(
    'component_owners',
  )
    .union(from('former_owners'))
    .orderBy('owner_ref');
  const owners = new Map<string, string[]>();
  for (const { entity_ref, owner_ref } of rows) {
    owners.set(entity_ref, [...(owners.get(entity_ref) ?? []), owner_ref]);
  }
  return owners;
}

/** How many components each owner has, by what the components share. */
async function readNeighbourOwners(options: {
  knex: Knex;
  column: string;
  keys: string[];
  orphaned: readonly string[];
}): Promise<Map<string, Map<string, number>>> {
  const { knex, column, keys, orphaned } = options;
  const neighbours = new Map<string, Map<string, number>>();
  if (keys.length === 0) {
    return neighbours;
  }
  const query = knex('components as c')
    .join('component_owners as o', 'o.entity_ref', 'c.entity_ref')
    .whereNot('c.state', 'orphaned')
    .whereNot(either => whereIn(either, 'c.entity_ref', orphaned))
    // A system is not one of its own parts.
    .whereRaw('(c.system_ref IS NULL OR c.system_ref <> c.entity_ref)')
    .groupBy(column, 'o.owner_ref')
    .orderBy('o.owner_ref')
    .select({ key: column, owner_ref: 'o.owner_ref' })
    .count({ count: '*' });
  whereIn(query, column, [...new Set(keys)]);
  const rows = (await query) as Array<{
    key: string;
    owner_ref: string;
    count: number | string;
  }>;
  for (const { key, owner_ref, count } of rows) {
    const owners = neighbours.get(key) ?? new Map<string, number>();
    neighbours.set(key, owners.set(owner_ref, Number(count)));
  }
  return neighbours;
}
