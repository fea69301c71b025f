import type { Knex } from 'knex';
import { refText } from '../../api/whereOwnedBy';

/** Restricts a query to handovers from or to a group, or groups below it. */
export function whereHandoverOf(
  query: Knex.QueryBuilder,
  column: string,
  team: string,
): void {
  const ref = refText(team);
  query.whereRaw(
    `?? IN (
      SELECT handover_id FROM handover_teams WHERE team_ref = ?
      UNION
      SELECT t.handover_id FROM handover_teams t
        JOIN directory_closure d ON d.descendant_ref = t.team_ref
        WHERE d.ancestor_ref = ?
    )`,
    [column, ref, ref],
  );
}
