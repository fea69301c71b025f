import type { Knex } from 'knex';
import { DAYS, DISSOLVED, momentOf } from './exampleHistory';

/**
 * Sets back since when findings are open, owners are missing and components
 * are in their state: to the first day, and for what the dissolved team left
 * to the day on which its group was deleted. What that made needless to ask of
 * them was open until then.
 */
export async function setBack(knex: Knex, now: Date): Promise<void> {
  const first = momentOf({ now, daysAgo: DAYS });
  const deleted = momentOf({ now, daysAgo: DISSOLVED.daysAgo });
  const left = new Set<string>(
    await knex('component_owners')
      .where('owner_ref', DISSOLVED.group)
      .pluck('entity_ref'),
  );

  for (const { id, rule_id, entity_ref, closed_at, evidence } of await knex(
    'findings',
  )) {
    const orphaned = left.has(entity_ref);
    const openedAt =
      orphaned && rule_id === 'owner-unresolvable' ? deleted : first;
    const closedAt = orphaned ? deleted : first;
    await knex('findings')
      .where({ id })
      .update({
        first_seen_at: openedAt,
        evidence: missingSince(evidence, openedAt),
        ...(closed_at && { last_seen_at: closedAt, closed_at: closedAt }),
      });
    const events = knex('finding_events').where('finding_id', id);
    await events.clone().where('type', 'opened').update({ at: openedAt });
    await events.where('type', 'closed').update({ at: closedAt });
  }
  const missing = knex('directory_missing');
  await missing.clone().update({ since: first });
  await missing.where('ref', DISSOLVED.group).update({ since: deleted });
  const components = knex('components');
  await components.clone().update({ state_since: first });
  await components
    .whereIn('entity_ref', [...left])
    .update({ state_since: deleted });
}

/** The evidence of a finding with another moment since when its owner is gone. */
function missingSince(evidence: string, at: string): string {
  const items: Array<{ label: string; value: string }> = JSON.parse(evidence);
  return JSON.stringify(
    items.map(item =>
      item.label === 'Missing since'
        ? { ...item, value: `${at.slice(0, 16).replace('T', ' ')} UTC` }
        : item,
    ),
  );
}
