import type { OwnershipState } from '@service-ownership/backstage-plugin-ownership-common';

/** A row of the table `components`. Moments are ISO 8601 in UTC. */
export interface ComponentRow {
  entity_ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  tier: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  /** Where its code is: host and path. */
  repository: string | null;
  state: OwnershipState;
  state_since: string;
  state_reason: string;
  review_due_at: string | null;
  /** When the first of its runbooks is too old. */
  runbook_review_due_at: string | null;
  fingerprint: string;
  /** JSON of a ComponentDocument. */
  document: string;
}
