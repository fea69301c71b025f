import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from './columnText';
import { toFinding, type FindingRow } from './FindingRow';
import { selectHandling } from './handlingColumns';
import { readLastCompletedScan } from './readLastCompletedScan';
import { readOwnerRefs } from './readOwnerRefs';

/** Reads one finding, or `undefined` where there is none of this id. */
export async function readFinding(options: {
  knex: Knex;
  id: string;
}): Promise<Finding | undefined> {
  const { knex } = options;
  const row: (FindingRow & { entity_title: string | null }) | undefined =
    await selectHandling(
      knex('findings as f')
        .leftJoin('components as c', 'c.entity_ref', 'f.entity_ref')
        .leftJoin('tombstones as t', 't.entity_ref', 'f.entity_ref')
        .select('f.*', {
          entity_title: knex.raw('COALESCE(??, ??)', ['c.title', 't.title']),
        }),
    )
      .where('f.id', columnText(options.id, 500))
      .first();
  if (!row) {
    return undefined;
  }
  const [owners, lastScan] = await Promise.all([
    readOwnerRefs({ knex, entityRefs: [row.entity_ref] }),
    readLastCompletedScan({ knex }),
  ]);
  return toFinding(row, {
    ownerRefs: owners.get(row.entity_ref) ?? [],
    entityTitle: row.entity_title ?? undefined,
    lastScanAt: lastScan?.started_at,
  });
}
