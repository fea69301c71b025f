import type { HandoverState } from '@service-ownership/backstage-plugin-ownership-common';

/** A row of the table `handovers`. Moments are ISO 8601 in UTC. */
export interface HandoverRow {
  id: string;
  state: HandoverState;
  over: 0 | 1;
  to_ref: string;
  /** JSON: list of refs. */
  from_refs: string;
  reason: string;
  proposed_at: string;
  proposed_by: string;
  due_at: string;
  accepted_at: string | null;
  accepted_by: string | null;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
}

/** A row of `handover_components` with the title of what is still there. */
export interface HandoverComponentRow {
  handover_id: string;
  entity_ref: string;
  title: string | null;
  left_at: string | null;
}

/** A row of the table `handover_items`. */
export interface HandoverItemRow {
  handover_id: string;
  position: number;
  title: string;
  done_at: string | null;
  done_by: string | null;
}
