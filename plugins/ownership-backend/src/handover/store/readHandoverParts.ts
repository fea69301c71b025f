import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type {
  HandoverComponentRow,
  HandoverItemRow,
  HandoverRow,
} from './HandoverRow';

/** What hangs on handovers, and who their teams are. */
export interface HandoverParts {
  components: Map<string, HandoverComponentRow[]>;
  items: Map<string, HandoverItemRow[]>;
  /** By ref, of the teams and of everybody who did something, as far as they are in the catalog. */
  principals: Map<string, { title: string; active: number }>;
}

/** Reads the parts of some handovers in three statements. */
export async function readHandoverParts(
  knex: Knex,
  rows: readonly HandoverRow[],
): Promise<HandoverParts> {
  const ids = rows.map(row => row.id);
  const ofThem = <T extends Knex.QueryBuilder>(query: T, column: string): T => {
    whereIn(query, column, ids);
    return query;
  };
  const [components, items]: [HandoverComponentRow[], HandoverItemRow[]] =
    await Promise.all([
      ofThem(
        knex('handover_components as h')
          .leftJoin('components as c', 'c.entity_ref', 'h.entity_ref')
          .orderBy('h.entity_ref')
          .select('h.handover_id', 'h.entity_ref', 'h.left_at', 'c.title'),
        'h.handover_id',
      ),
      ofThem(knex('handover_items').orderBy('position'), 'handover_id'),
    ]);
  const refs = rows.flatMap(row => [
    row.to_ref,
    ...JSON.parse(row.from_refs),
    row.proposed_by,
    row.accepted_by,
    row.ended_by,
  ]);
  const principals = knex('directory_principals').select(
    'ref',
    'title',
    'active_member_count',
  );
  whereIn(principals, 'ref', [
    ...new Set([...refs, ...items.map(item => item.done_by)].filter(Boolean)),
  ]);
  return {
    components: byHandover(components),
    items: byHandover(items),
    principals: new Map(
      (await principals).map(row => [
        row.ref,
        { title: row.title, active: Number(row.active_member_count) },
      ]),
    ),
  };
}

function byHandover<T extends { handover_id: string }>(
  rows: T[],
): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const row of rows) {
    const list = lists.get(row.handover_id);
    if (list) {
      list.push(row);
    } else {
      lists.set(row.handover_id, [row]);
    }
  }
  return lists;
}
