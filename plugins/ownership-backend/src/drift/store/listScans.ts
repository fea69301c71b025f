import type {
  Page,
  Scan,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { readPage } from './readPage';
import { toScan, type ScanRow } from './ScanRow';

/** Scans, latest first. */
export async function listScans(options: {
  knex: Knex;
  cursor?: string;
  limit: number;
}): Promise<Page<Scan>> {
  const { knex, cursor, limit } = options;
  const { rows, pageInfo } = await readPage<ScanRow>({
    query: knex('scans').select('*'),
    order: 'startedAt',
    keys: [
      { column: 'started_at', type: 'string', valueOf: row => row.started_at },
      { column: 'id', type: 'string', valueOf: row => row.id },
    ],
    descending: true,
    cursor,
    limit,
  });
  const total = await knex('scans').count({ count: '*' }).first();
  return {
    items: rows.map(toScan),
    pageInfo,
    totalItems: Number(total?.count),
  };
}
