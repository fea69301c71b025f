import type { Moment } from './faultOrganisation';

/** A scan as a replica is told to run it. */
export interface ReplicaScan {
  /** Of PostgreSQL, as a URL. */
  connection: string;
  /** What its clock shows; ISO 8601. */
  now: string;
  /** What the catalog has. */
  moment: Moment;
  /** URL of the sink that takes its events and notifications. */
  sink: string;
  /** Replicas that judge at a time; 1 without. */
  shards?: number;
  /** Judges parts of another replica's scan, until that has ended. */
  helps?: boolean;
  /** Dies by SIGKILL at this step: a statement sent or answered, a call to the catalog, an event or a notification on its way. */
  killAt?: number;
  /** Waits before it gets this page of the catalog. */
  pauseAtPage?: number;
}

/** What a replica did. */
export interface ReplicaReport {
  steps: number;
  /** Times that it read components by their refs. */
  reads: number;
}

/** What a replica is asked over its channel. */
export interface ReplicaCall {
  id: number;
  scan?: ReplicaScan;
  /** Connection that is not needed any more. */
  release?: string;
  /** Ends a pause; not answered. */
  goOn?: boolean;
  /** Turns its clock, ISO 8601; not answered. */
  now?: string;
}
