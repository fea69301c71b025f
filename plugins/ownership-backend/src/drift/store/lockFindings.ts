import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { toFinding, type FindingRow } from './FindingRow';
import { selectHandling, type HandlingColumns } from './handlingColumns';
import { readOwnerRefs } from './readOwnerRefs';

/**
 * Reads findings to change them in this transaction; nobody else changes them
 * before it ends. `busy` are those that somebody else is just writing: to wait
 * for them while others are locked could end in a deadlock with a scan.
 */
export async function lockFindings(options: {
  knex: Knex;
  ids: readonly string[];
}): Promise<{ findings: Map<string, Finding>; busy: Set<string> }> {
  const { knex, ids } = options;
  const among = (query: Knex.QueryBuilder, column: string) => {
    whereIn(query, column, ids);
    return query;
  };
  const there: string[] = await among(knex('findings'), 'id').pluck('id');
  const lock = among(knex('findings').select('id'), 'id');
  if (knex.client.config.client === 'pg') {
    lock.forUpdate().skipLocked();
  }
  const locked = new Set(
    ((await lock) as Array<{ id: string }>).map(({ id }) => id),
  );
  const query = selectHandling(knex('findings as f').select('f.*'));
  whereIn(query, 'f.id', [...locked]);
  const rows: Array<FindingRow & HandlingColumns> = await query;
  const owners = await readOwnerRefs({
    knex,
    entityRefs: rows.map(row => row.entity_ref),
  });
  return {
    findings: new Map(
      rows.map(row => [
        row.id,
        toFinding(row, { ownerRefs: owners.get(row.entity_ref) ?? [] }),
      ]),
    ),
    busy: new Set(there.filter(id => !locked.has(id))),
  };
}
