import type { DriftView } from '@service-ownership/backstage-plugin-ownership-common';

/** A row of the table `drift_views`. Moments are ISO 8601 in UTC. */
export interface DriftViewRow {
  id: string;
  owner_ref: string;
  name: string;
  shared: boolean | number;
  /** JSON of {@link ViewContent}. */
  content: string;
  created_at: string;
  updated_at: string;
}

/** What a view shows. */
export type ViewContent = Pick<DriftView, 'filter' | 'orderBy' | 'groupBy'>;
