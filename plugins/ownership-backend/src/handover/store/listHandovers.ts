import type {
  HandoverState,
  Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { refText } from '../../api/whereOwnedBy';
import { whereIn, whereVisible } from '../../api/whereVisible';
import { readPage } from '../../drift/store/readPage';
import type { HandoverRow } from './HandoverRow';
import { whereHandoverOf } from './whereHandoverOf';

/** Who sees a handover: of what it is about one is enough, or a part in it. */
export interface HandoverView {
  visible: VisibleRefs;
  /** Refs the caller goes by. */
  principals: ReadonlySet<string>;
}

/** A page of handovers: open ones first, those due first at the top. */
export async function listHandovers(
  knex: Knex,
  options: HandoverView & {
    id?: string;
    team?: string;
    states?: readonly HandoverState[];
    entityRef?: string;
    cursor?: string;
    limit: number;
  },
): Promise<Page<HandoverRow>> {
  const select = () => {
    const query = knex<HandoverRow>('handovers');
    whereSeen(query, options);
    if (options.id !== undefined) {
      query.where('id', options.id.slice(0, 36).replaceAll('\0', ''));
    }
    if (options.states?.length) {
      query.whereIn('state', [...options.states]);
    }
    if (options.entityRef) {
      const itsHandovers = knex('handover_components')
        .where('entity_ref', refText(options.entityRef))
        .select('handover_id');
      whereVisible(itsHandovers, 'entity_ref', options.visible);
      query.whereIn('id', itsHandovers);
    }
    if (options.team) {
      whereHandoverOf(query, 'id', options.team);
    }
    return query;
  };
  const [{ rows, pageInfo }, total] = await Promise.all([
    readPage<HandoverRow>({
      query: select().select('*'),
      order: 'dueAt',
      keys: [
        { column: 'over', type: 'number', valueOf: row => row.over },
        { column: 'due_at', type: 'string', valueOf: row => row.due_at },
        { column: 'id', type: 'string', valueOf: row => row.id },
      ],
      cursor: options.cursor,
      limit: options.limit,
    }),
    select().count({ count: '*' }).first(),
  ]);
  return {
    items: rows,
    pageInfo,
    totalItems: Number((total as { count?: number | string })?.count ?? 0),
  };
}

function whereSeen(query: Knex.QueryBuilder, view: HandoverView): void {
  if (view.visible === 'all') {
    return;
  }
  query.where(either => {
    either
      .whereIn('id', inner => {
        inner.from('handover_components').select('handover_id');
        whereVisible(inner, 'entity_ref', view.visible);
      })
      .orWhereIn('id', inner => {
        inner.from('handover_teams').select('handover_id');
        whereIn(inner, 'team_ref', [...view.principals]);
      });
  });
}
