import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { lockSlos } from './lockSlos';

/** An SLO without a component; `slo` is empty where it is no SLO. */
export interface UnassignedSlo {
  slo: string;
  reason: string;
  place?: string;
  objective?: number;
  component?: string;
  entityRef?: string;
  selector?: string;
}

/** What the last look for recorded SLOs on one server found. */
export interface Discovery {
  /** Source and server: `prometheus/main`. */
  discoveredBy: string;
  /** ISO 8601; the last success. */
  lookedAt: string;
  /** How many of its SLOs are taken over. */
  assigned?: number;
  /** SLOs that belong to no component, and what is no SLO. */
  unassigned: UnassignedSlo[];
  /** Why the last attempt failed. */
  error?: string;
}

/** Notes what was found on a server; after a failure only the error. */
export async function writeDiscovery(
  knex: Knex,
  discovery: Discovery | Required<Pick<Discovery, 'discoveredBy' | 'error'>>,
): Promise<void> {
  if ('unassigned' in discovery) {
    await knex('sli_discoveries')
      .insert({
        discovered_by: discovery.discoveredBy,
        looked_at: discovery.lookedAt,
        unassigned: JSON.stringify(discovery.unassigned),
        error: null,
      })
      .onConflict('discovered_by')
      .merge();
  } else {
    await knex('sli_discoveries')
      .insert({
        discovered_by: discovery.discoveredBy,
        looked_at: '',
        unassigned: '[]',
        error: discovery.error,
      })
      .onConflict('discovered_by')
      .merge(['error']);
  }
}

/** What is known of every server, in the order of their names. */
export async function readDiscoveries(knex: Knex): Promise<Discovery[]> {
  const rows = await knex('sli_discoveries')
    .leftJoin(
      knex('slos')
        .whereNotNull('discovered_by')
        .whereNull('removed_at')
        .groupBy('discovered_by')
        .select('discovered_by')
        .count({ assigned: '*' })
        .as('taken_over'),
      'taken_over.discovered_by',
      'sli_discoveries.discovered_by',
    )
    .orderBy('sli_discoveries.discovered_by')
    .select('sli_discoveries.*', 'taken_over.assigned');
  return rows.map(row => ({
    discoveredBy: row.discovered_by,
    lookedAt: row.looked_at,
    assigned: Number(row.assigned ?? 0),
    unassigned: JSON.parse(row.unassigned),
    ...(row.error && { error: row.error }),
  }));
}

/**
 * Removes what was found on servers that are not looked at any more: the notes
 * and the SLOs.
 *
 * @param options - `known`: source and server of those that are
 */
export async function forgetDiscoveries(options: {
  knex: Knex;
  known: readonly string[];
  now: Date;
}): Promise<void> {
  const { knex, known, now } = options;
  await knex('sli_discoveries').whereNotIn('discovered_by', known).delete();
  const ids: number[] = await knex('slos')
    .whereNotNull('discovered_by')
    .whereNotIn('discovered_by', known)
    .whereNull('removed_at')
    .pluck('id');
  for (const slice of inSlices(ids)) {
    await knex.transaction(async tx => {
      await lockSlos(tx, slice);
      await tx('slos')
        .whereIn('id', slice)
        .update({ removed_at: now.toISOString() });
      await tx('slo_statuses').whereIn('slo_id', slice).delete();
    });
  }
}
