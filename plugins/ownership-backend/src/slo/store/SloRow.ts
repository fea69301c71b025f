import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';

/** A row of `slos`. */
export interface SloRow {
  id: number;
  entity_ref: string;
  name: string;
  /** JSON: SloDefinition. */
  definition: string;
  removed_at: string | null;
  /** Text on PostgreSQL, where it is a 64-bit integer. */
  last_data_end: number | string | null;
  fine_seconds: number;
  revision: number;
  evaluated_revision: number;
  due_at: number | string | null;
  /** Source and server that recorded it; null for one that was written. */
  discovered_by: string | null;
}

/** An SLO as the store keeps it. */
export interface StoredSlo {
  id: number;
  entityRef: string;
  definition: SloDefinition;
  /** End of the latest bucket, seconds since the epoch. */
  lastDataEnd?: number;
  revision: number;
}
