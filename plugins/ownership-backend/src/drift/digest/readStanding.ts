import {
  plainText,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { ownersOf } from '../store/ownersText';
import type { DigestEntry } from './Digest';

/** Those of the findings that wait for somebody, in the words of today. */
export async function readStanding(options: {
  knex: Knex;
  ids: string[];
}): Promise<
  Array<{ id: string; ownerRefs: string[] } & Omit<DigestEntry, 'kind'>>
> {
  const { knex, ids } = options;
  const query = knex('findings as f')
    // One that was an orphan and no more when it was to be written has no row yet.
    .leftJoin('components as c', 'c.entity_ref', 'f.entity_ref')
    .whereIn('f.state', ['open', 'acknowledged'])
    .select('f.id', 'f.owners', 'f.severity', 'f.entity_ref', 'f.message')
    .select('c.name', 'c.title');
  whereIn(query, 'f.id', ids);
  const rows: StandingRow[] = await query;
  return rows.map(row => ({
    id: row.id,
    ownerRefs: ownersOf(row.owners),
    severity: row.severity,
    entityRef: row.entity_ref,
    entityTitle: plainText(row.title) || row.name || row.entity_ref,
    message: row.message,
  }));
}

interface StandingRow {
  id: string;
  owners: string;
  severity: Severity;
  entity_ref: string;
  message: string;
  name: string | null;
  title: string | null;
}
