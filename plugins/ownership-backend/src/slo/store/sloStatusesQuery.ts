import type { SloFilter } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { refText, whereOwnedBy } from '../../api/whereOwnedBy';
import { whereVisible } from '../../api/whereVisible';
import { columnText } from '../../drift/store/columnText';

/**
 * The statuses `s` that a filter leaves, whatever their state and their alerts:
 * those two are counted before they narrow.
 */
export function sloStatusesQuery(
  knex: Knex,
  options: { filter: SloFilter; visible: VisibleRefs },
): Knex.QueryBuilder {
  const { filter, visible } = options;
  const query = knex('slo_statuses as s');
  if (filter.team) {
    whereOwnedBy(query, 's.entity_ref', filter.team);
  }
  if (filter.entityRef) {
    query.where('s.entity_ref', refText(filter.entityRef));
  }
  for (const grouping of ['system', 'domain'] as const) {
    const ref = filter[grouping];
    if (ref) {
      query.whereIn(
        's.entity_ref',
        knex('components')
          .where(`${grouping}_ref`, refText(ref))
          .select('entity_ref'),
      );
    }
  }
  if (filter.text) {
    // What a person types is looked for as it is: % and _ are no wildcards.
    const text = columnText(filter.text, 200)
      .toLocaleLowerCase('en-US')
      .replace(/[!%_]/g, '!$&');
    query.whereRaw(`s.search like ? escape '!'`, [`%${text}%`]);
  }
  whereVisible(query, 's.entity_ref', visible);
  return query;
}

/** 1 for a status `s` of which an alert of that severity fires, else 0. */
export function firingCase(
  knex: Knex,
  severity: NonNullable<SloFilter['firing']>,
): Knex.Raw {
  const alerts = knex('slo_alerts').where('firing', true).select('slo_id');
  if (severity !== 'any') {
    alerts.where({ severity });
  }
  return knex.raw('case when s.slo_id in (?) then 1 else 0 end', [alerts]);
}
