/**
 * What a service event of CDEvents says happened.
 *
 * @public
 */
export type DeploymentKind =
  | 'deployed'
  | 'upgraded'
  | 'rolledback'
  | 'removed'
  | 'published';

/**
 * A deployment, or the end of one, of a component.
 *
 * @public
 */
export interface Deployment {
  /** Names the event; unique. */
  id: string;
  /** What happened. */
  kind: DeploymentKind;
  /** `failure` where the event says that it never came through. */
  outcome: 'success' | 'failure';
  /** ISO 8601 in UTC. */
  at: string;
  /** Id of the environment, if the event names one. */
  environment?: string;
  /** What was deployed, if the event says so: `1.4.2`. */
  version?: string;
  /** Where to read more. */
  url?: string;
}

/**
 * An incident as its events told it so far. Moments are ISO 8601 in UTC.
 *
 * @public
 */
export interface Incident {
  /** Names the incident; unique. */
  id: string;
  /** When users began to feel it; only where an event says so. */
  startedAt?: string;
  /** When somebody or something noticed it. */
  detectedAt?: string;
  /** When a ticket was opened. */
  reportedAt?: string;
  /** When users did not feel it any more; only where an event says so. */
  mitigatedAt?: string;
  /** When it was over; an incident without is open. */
  resolvedAt?: string;
  /** Id of the environment, if an event names one. */
  environment?: string;
  /** The component it happened to, once an event has named it. */
  entityRef?: string;
  /** What happened, in a few words. */
  title?: string;
  /** Where to read more. */
  url?: string;
}

/**
 * A measure worked out, with how much it rests on. A value that is absent is
 * not known, and `reason` says why.
 *
 * @public
 */
export interface MeasureFigure {
  /** In the unit of the measure. */
  value?: number;
  /** The middle one, for means of times. */
  median?: number;
  /** How many deployments or incidents the value is made of. */
  counted: number;
  /** How many there were; the rest did not say enough. */
  of: number;
  /** Incidents that are not over: in `of`, never in the value. */
  open?: number;
  /** Why there is no value, in words. */
  reason?: string;
}
