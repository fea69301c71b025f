import type { InitiativeState } from '@service-ownership/backstage-plugin-ownership-common';

/** A row of the table `initiatives`. Moments are ISO 8601 in UTC. */
export interface InitiativeRow {
  id: string;
  title: string;
  description: string | null;
  /** JSON of an `InitiativeGoal`. */
  goal: string;
  /** JSON of a filter predicate. */
  predicate: string | null;
  team: string | null;
  owner_ref: string;
  starts_at: string;
  due_at: string;
  state: InitiativeState;
  created_at: string;
  created_by: string;
  updated_at: string;
}
