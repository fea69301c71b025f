import type {
  OwnershipState,
  Page,
  Tombstone,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';
import { readOwnerRefs } from './readOwnerRefs';
import { readPage } from './readPage';

interface TombstoneRow {
  entity_ref: string;
  title: string | null;
  state: OwnershipState;
  removed_at: string;
  open_findings: number;
  removed_by: string | null;
}

/** Components that left the catalog, latest first. */
export async function listTombstones(options: {
  knex: Knex;
  visible: VisibleRefs;
  cursor?: string;
  limit: number;
}): Promise<Page<Tombstone>> {
  const { knex, visible, cursor, limit } = options;
  const select = () => {
    const query = knex('tombstones');
    whereVisible(query, 'entity_ref', visible);
    return query;
  };
  const { rows, pageInfo } = await readPage<TombstoneRow>({
    query: select().select('*'),
    order: 'removedAt',
    keys: [
      {
        column: 'removed_at',
        type: 'string',
        valueOf: row => row.removed_at,
      },
      {
        column: 'entity_ref',
        type: 'string',
        valueOf: row => row.entity_ref,
      },
    ],
    descending: true,
    cursor,
    limit,
  });
  const [total, owners] = await Promise.all([
    select().count({ count: '*' }).first(),
    readOwnerRefs({ knex, entityRefs: rows.map(row => row.entity_ref) }),
  ]);
  return {
    items: rows.map(row => ({
      entityRef: row.entity_ref,
      title: row.title ?? undefined,
      ownerRefs: owners.get(row.entity_ref) ?? [],
      state: row.state,
      removedAt: row.removed_at,
      openFindings: row.open_findings,
      removedBy: row.removed_by ?? undefined,
    })),
    pageInfo,
    totalItems: Number(total?.count),
  };
}
