import type { Evidence } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn, whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';

/** As findings had it that were stored before evidence had refs; the next scan mends them. */
const IN_WORDS = /^(?:It says )?(.+?), (?:which is )?now (?:group|user):/;

/**
 * How many components still say each of some old refs, by what the last scan
 * found: where an alias makes up for it, in whatever place; else as their owner.
 * One that says several counts for each: until it follows, no alias may go.
 */
export async function countRenamed(options: {
  knex: Knex;
  /** Canonical old refs with an alias in force. */
  inForce: string[];
  /** Canonical old refs with one that has no effect. */
  others: string[];
  visible: VisibleRefs;
}): Promise<Map<string, number>> {
  const { knex, inForce, others, visible } = options;
  const found = knex('findings')
    .where('rule_id', 'owner-renamed')
    .whereNot('state', 'closed')
    .select('entity_ref', 'message', 'evidence');
  whereVisible(found, 'entity_ref', visible);
  const owned = knex('component_owners').select('entity_ref', 'owner_ref');
  whereIn(owned, 'owner_ref', others);
  whereVisible(owned, 'entity_ref', visible);

  const saying = new Map(
    [...inForce, ...others].map(ref => [ref, new Set<string>()]),
  );
  for (const { entity_ref: entityRef, message, evidence } of await found) {
    for (const ref of oldRefs({ message, evidence: JSON.parse(evidence) })) {
      saying.get(ref)?.add(entityRef);
    }
  }
  for (const { entity_ref: entityRef, owner_ref: ref } of await owned) {
    saying.get(ref)?.add(entityRef);
  }
  return new Map(Array.from(saying, ([ref, { size }]) => [ref, size]));
}

function oldRefs(finding: { message: string; evidence: Evidence[] }): string[] {
  const { message, evidence } = finding;
  const refs = evidence.flatMap(({ ref }) => ref ?? []);
  return refs.length > 0
    ? refs
    : [message, ...evidence.map(({ value }) => value)].flatMap(
        text => IN_WORDS.exec(text)?.[1] ?? [],
      );
}
