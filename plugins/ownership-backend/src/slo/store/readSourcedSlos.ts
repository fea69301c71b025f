import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/** How far an SLO was read from its source; times in seconds since the epoch. */
export interface SourceState {
  source: string;
  /** Identifies what was read. */
  digest: string;
  readTo?: number;
  /** End of the latest bucket that was read. */
  dataEnd?: number;
  error?: string;
  /** ISO 8601. */
  errorSince?: string;
}

/** An SLO that a source may read, with how far that has come. */
export interface SourcedSlo {
  id: number;
  entityRef: string;
  definition: SloDefinition;
  fineSeconds: number;
  state?: SourceState;
}

/** All SLOs that say what is measured, in the order of their ids. */
export async function readSourcedSlos(knex: Knex): Promise<SourcedSlo[]> {
  const rows = await knex('slos as d')
    .leftJoin('sli_sources as s', 's.slo_id', 'd.id')
    .whereNull('d.removed_at')
    .orderBy('d.id')
    .select(
      'd.id',
      'd.entity_ref',
      'd.definition',
      'd.fine_seconds',
      's.source',
      's.digest',
      's.read_to',
      's.data_end',
      's.error',
      's.error_since',
    );
  return rows.flatMap(row => {
    const definition: SloDefinition = JSON.parse(row.definition);
    return definition.indicator
      ? [
          {
            id: row.id,
            entityRef: row.entity_ref,
            definition,
            fineSeconds: row.fine_seconds,
            ...(row.source !== null && { state: toState(row) }),
          },
        ]
      : [];
  });
}

function toState(row: Record<string, any>): SourceState {
  const seconds = (value: string | number | null) =>
    value === null ? undefined : Number(value);
  return {
    source: row.source,
    digest: row.digest,
    readTo: seconds(row.read_to),
    dataEnd: seconds(row.data_end),
    error: row.error ?? undefined,
    errorSince: row.error_since ?? undefined,
  };
}
