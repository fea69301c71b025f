import type {
  ComponentFacts,
  Directory,
  DriftRule,
  OwnershipState,
  RuleOutcome,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * One component as the scan judged it.
 */
export interface JudgedComponent {
  facts: ComponentFacts;
  outcomes: ReadonlyArray<{ rule: DriftRule; outcome: RuleOutcome }>;
  state: OwnershipState;
  /** One sentence. */
  stateReason: string;
  /** Ids of the rules whose finding is waived for this component. */
  waived: ReadonlySet<string>;
}

/**
 * What a consumer may know of the scan that feeds it.
 */
export interface ScanProgress {
  scanId: string;
  /** Start of the scan: the `now` of every verdict in it. */
  now: Date;
  directory: Directory;
}

/**
 * Is fed by the scan with every judged component, a batch at a time, so that
 * nothing is computed twice: scorecards, SLO definitions and whatever else
 * follows from facts and outcomes.
 */
export interface ScanConsumer {
  /**
   * Called before the first batch of a scan. Where it says something else than
   * before the last one, every component is fed.
   */
  version?(): string;
  /**
   * Called for every batch, in no particular order, while the scan reads and
   * judges. Must not take its time: what is to be written waits for `finish`,
   * in as little memory as it takes.
   */
  accept(batch: JudgedComponent[], scan: ScanProgress): Promise<void>;
  /**
   * Called for components that are as the last scan fed them that was followed up: same
   * facts, outcomes and state. Without it every scan feeds every component.
   */
  keep?(entityRefs: string[], scan: ScanProgress): void;
  /**
   * Called where another replica ends the scan: gives what was fed since the
   * last time, as JSON, and forgets it. Whoever keeps nothing of what it is fed
   * does without.
   */
  handOver?(scan: ScanProgress): unknown;
  /** Takes what another replica's `handOver` gave, as if it had been fed. */
  takeOver?(handedOver: unknown, scan: ScanProgress): void;
  /**
   * Called once after a scan that looked at every component has completed, and
   * not for a suspended, failed or cancelled one. What was not in any batch is
   * gone. Must write differences only: where one is cut short, the next scan
   * feeds everything again.
   */
  finish(scan: ScanProgress): Promise<void>;
}
