import type {
  Finding,
  OwnershipState,
  Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { parseOrder } from '../../api/parseOrder';
import { whereIn } from '../../api/whereVisible';
import type { RevisedMemory } from '../RevisedMemory';
import { toFinding, type FindingRow } from './FindingRow';
import type { FindingSelection } from './FindingSelection';
import { selectHandling } from './handlingColumns';
import { ownersOf } from './ownersText';
import { countSelected, isCounted } from './countSelected';
import { readPage, type SortKey } from './readPage';
import { readRevision } from './readRevision';
import { selectFindings } from './selectFindings';
import { selectionKey, shortKey } from './selectionKey';

/** A finding with what the report says of its component. */
export interface ReportedFinding extends Finding {
  /** Absent where the component left the catalog. */
  entityState?: OwnershipState;
  tier?: string;
}

type ListedRow = FindingRow & {
  entity_title: string | null;
  entity_state: OwnershipState | null;
  tier: string | null;
};

const id: SortKey<ListedRow> = {
  column: 'f.id',
  type: 'string',
  valueOf: row => row.id,
};
const firstSeenAt: SortKey<ListedRow> = {
  column: 'f.first_seen_at',
  type: 'string',
  valueOf: row => row.first_seen_at,
};
const severity: SortKey<ListedRow> = {
  column: 'f.severity_rank',
  type: 'number',
  valueOf: row => row.severity_rank,
};
const entityRef: SortKey<ListedRow> = {
  column: 'f.entity_ref',
  type: 'string',
  valueOf: row => row.entity_ref,
};
const ruleId: SortKey<ListedRow> = {
  column: 'f.rule_id',
  type: 'string',
  valueOf: row => row.rule_id,
};
const SORTINGS = {
  severity: [severity, firstSeenAt, id],
  firstSeenAt: [firstSeenAt, id],
  entityRef: [entityRef, id],
  ruleId: [ruleId, id],
} satisfies Record<string, Array<SortKey<ListedRow>>>;

// Above as many findings of a team it is quicker to go through all findings in
// order and pass those of others than to gather those of the team and sort
// them: 50 of a team are found among the first 50 * all / its own, if they are
// spread evenly, so the two meet at the root of 50 times all.
const MANY = 2000;

/**
 * One page of findings: three statements whatever is asked for, and two where
 * nothing changed since the same was asked before.
 *
 * @param options - `memory`: remembers the total and what is on the page;
 *   without it nothing is counted and `totalItems` is 0
 * @throws InputError for an unknown sorting or a cursor of another list
 */
export async function listFindings(options: {
  knex: Knex;
  selection: FindingSelection;
  orderBy?: string;
  cursor?: string;
  limit: number;
  memory?: RevisedMemory;
}): Promise<Page<ReportedFinding>> {
  const { knex, selection, cursor, limit, memory } = options;
  const { field, turned } = parseOrder(options.orderBy || undefined, [
    'severity',
    'firstSeenAt',
    'entityRef',
    'ruleId',
  ]);
  const order = turned ? `${field},desc` : field;

  const selected = memory && selectionKey(selection);
  const keyOf = (...parts: unknown[]) => shortKey([selected, ...parts]);
  const totalKey = keyOf('total');
  const mayBeMany = field === 'severity' && standsInOrder(selection);
  const [{ revision, lastScanAt }, about] = await Promise.all([
    readRevision({ knex }),
    // About as many as there were: the page need not wait for their number.
    mayBeMany
      ? memory?.lastKnown<number>(totalKey)?.catch(() => undefined)
      : undefined,
  ]);
  const remember = <T>(
    key: string,
    read: () => Promise<T>,
    weightOf?: (value: T) => number,
  ): Promise<T> =>
    memory && selected ? memory.get({ key, revision, read, weightOf }) : read();

  let counted: Promise<number> | undefined;
  const count = () =>
    (counted ??= memory
      ? remember(totalKey, () => countSelected({ knex, selection }))
      : Promise.resolve(0));
  let fresh: ListedRow[] | undefined;
  const page = remember(
    keyOf('page', order, cursor, limit),
    async () => {
      const inOrder = mayBeMany && (about ?? (await count())) > MANY;
      const { rows, pageInfo } = await readPage<ListedRow>({
        query: selectFindings({ knex, selection, inOrder }).select('f.id'),
        rowsOf: found => listed(knex, found),
        order,
        keys: SORTINGS[field],
        descending: turned,
        cursor,
        limit,
      });
      fresh = rows;
      return { ids: rows.map(row => row.id), pageInfo };
    },
    ({ ids }) => ids.length,
  );
  // The page takes longer and goes first.
  const [{ ids, pageInfo }, totalItems] = await Promise.all([page, count()]);
  const rows = fresh ?? (await readListed({ knex, ids }));

  return {
    items: rows.map(row => ({
      ...toFinding(row, {
        ownerRefs: ownersOf(row.owners),
        entityTitle: row.entity_title ?? undefined,
        lastScanAt,
      }),
      entityState: row.entity_state ?? undefined,
      tier: row.tier ?? undefined,
    })),
    pageInfo,
    totalItems,
  };
}

/**
 * Whether the index of what stands, worst first, has these findings in it, and
 * their number is soon known.
 */
function standsInOrder(selection: FindingSelection): boolean {
  const { team, findingState = [] } = selection.filter;
  return (
    team !== undefined &&
    isCounted(selection) &&
    findingState.every(state => state === 'open' || state === 'acknowledged')
  );
}

/** The rows of findings that a query gives the ids of. */
function listed(knex: Knex, ids: Knex.QueryBuilder): Knex.QueryBuilder {
  const query = knex('findings as f');
  if (knex.client.config.client === 'pg') {
    // As an array: they are looked up when all of them are found.
    query.whereRaw('f.id = ANY(ARRAY(?))', [ids]);
  } else {
    query.whereIn('f.id', ids);
  }
  return selectListed(knex, query);
}

/**
 * Selects what a list shows of findings `f`. A title that few have is looked
 * up by itself: PostgreSQL plans that quicker than one more join.
 */
function selectListed(knex: Knex, query: Knex.QueryBuilder): Knex.QueryBuilder {
  const lastTitle = knex('tombstones as t')
    .select('t.title')
    .whereRaw('t.entity_ref = f.entity_ref');
  return selectHandling(
    query
      .leftJoin('components as c', 'c.entity_ref', 'f.entity_ref')
      .select(
        'f.*',
        { entity_title: knex.raw('COALESCE(??, (?))', ['c.title', lastTitle]) },
        { entity_state: 'c.state' },
        'c.tier',
      ),
  );
}

/** The rows of a remembered page as they are now, in its order. */
async function readListed(options: {
  knex: Knex;
  ids: string[];
}): Promise<ListedRow[]> {
  const { knex, ids } = options;
  const query = selectListed(knex, knex('findings as f'));
  whereIn(query, 'f.id', ids);
  const rows: ListedRow[] = await query;
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.flatMap(one => byId.get(one) ?? []);
}
