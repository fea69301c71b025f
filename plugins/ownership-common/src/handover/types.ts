import type { HandoverState } from './schema';

/**
 * What a rule may know of the handover a component is in.
 *
 * @public
 */
export interface HandoverFact {
  /** Id of the handover. */
  id: string;
  /** One that is open: `proposed`, `accepted` or `ready`. */
  state: HandoverState;
  /** Refs of the teams that give. */
  from: string[];
  /** Ref of the team that receives. */
  to: string;
  /** ISO 8601 in UTC. */
  proposedAt: string;
  /** ISO 8601 in UTC. */
  dueAt: string;
  /** Items of the checklist that are not done. */
  openItems: number;
}
