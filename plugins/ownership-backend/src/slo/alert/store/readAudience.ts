import type { Knex } from 'knex';
import { readOwnerRefs } from '../../../drift/store/readOwnerRefs';
import type { UnsentChange } from './claimChanges';

/**
 * Who is to be told of a change.
 *
 * - firing: the owners that are somebody, else the platform team, else the
 *   owners as they are named.
 * - resolved: those who were told that it fires, whoever owns the component by
 *   now. Nobody else knows of it.
 *
 * @returns `owners`: all owners by name; `recipients`: whom to notify
 */
export async function readAudience(options: {
  knex: Knex;
  change: UnsentChange;
  platformTeam?: string;
}): Promise<{ owners: string[]; recipients: string[] }> {
  const { knex, change, platformTeam } = options;
  const { entityRef } = change;
  const owners =
    (await readOwnerRefs({ knex, entityRefs: [entityRef] })).get(entityRef) ??
    [];
  if (change.state === 'resolved') {
    const fired = await knex('slo_alert_changes')
      .where({
        slo_id: change.sloId,
        severity: change.severity,
        state: 'firing',
      })
      .where('id', '<', change.id)
      .orderBy('id', 'desc')
      .first('told');
    return { owners, recipients: fired?.told ? JSON.parse(fired.told) : [] };
  }
  const living: string[] = await knex('directory_principals')
    .whereIn('ref', owners)
    .where(alive =>
      alive
        .where('active_member_count', '>', 0)
        .orWhere({ kind: 'user', active: true }),
    )
    .orderBy('ref')
    .pluck('ref');
  if (living.length > 0) {
    return { owners, recipients: living };
  }
  return { owners, recipients: platformTeam ? [platformTeam] : owners };
}
