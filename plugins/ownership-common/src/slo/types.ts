import type { OwnershipContract } from '../contract';

/**
 * Counts of one stretch of time. The only form in which an SLI is stored.
 *
 * @public
 */
export interface SliBucket {
  /** Start in seconds since the epoch, a multiple of `seconds`. */
  start: number;
  /** Length: 300 or 3600. */
  seconds: number;
  /** Good events, 0 or more, at most `total`. */
  good: number;
  /** All events, 0 or more. 0 is "no traffic", a missing bucket is "no data". */
  total: number;
}

/**
 * The window of an SLO.
 *
 * @public
 */
export type SloWindow =
  | {
      type: 'rolling';
      /** As written: `28d`. */
      duration: string;
      durationSeconds: number;
    }
  | {
      type: 'calendar';
      /** As written: `1M`. */
      duration: string;
      unit: 'day' | 'week' | 'month' | 'quarter' | 'year';
      count: number;
      /** Local start of one period, for example `2026-01-01T00:00:00`. */
      startTime: string;
      /** IANA zone. */
      timeZone: string;
    };

/**
 * One row of a multiwindow, multi-burn-rate alert.
 *
 * @public
 */
export interface AlertRow {
  /** Whether somebody is woken or a ticket will do. */
  severity: 'page' | 'ticket';
  /** Length of the long window in seconds. */
  longSeconds: number;
  /** Length of the short window in seconds. */
  shortSeconds: number;
  /** Burn rate that both windows must exceed. */
  factor: number;
  /** Burn rate that the short window must exceed, where it is another one. */
  shortFactor?: number;
  /** What other windows must exceed as well: of conditions joined by `and`. */
  also?: Array<{ windowSeconds: number; factor: number }>;
  /**
   * For how many seconds of data the condition must be met before the alert
   * fires. Absent: at once.
   */
  afterSeconds?: number;
  /** What the alert is called, where it has a name: runbooks refer to it. */
  name?: string;
  /** True where the alert fires as well while there is no data. */
  whenNoData?: boolean;
  /** Of which changes nobody is notified. Events tell of them all the same. */
  unannounced?: Array<'firing' | 'resolved'>;
}

/**
 * A part of a composite SLO: another SLO.
 *
 * @public
 */
export interface SloMember {
  /** The component the SLO is of; absent where it is that of the composite. */
  entityRef?: string;
  /** Name of the SLO. */
  slo: string;
  /** How much it counts beside the others, above 0. */
  weight: number;
}

/**
 * An SLO as the engine uses it, whatever format it was written in.
 *
 * @public
 */
export interface SloDefinition {
  /** Unique within the component; letters, digits, `-`, `_` and `.`. */
  name: string;
  /** What people call it. */
  title: string;
  /** What it promises, in the words of its owner. */
  description?: string;
  /** Target as a share of good events, `0 < objective < 1`. */
  objective: number;
  /** What the budget is counted in; see `BudgetUnits`. */
  budgetingMethod: 'Occurrences' | 'Timeslices' | 'RatioTimeslices';
  /** The stretch of time the objective is about. */
  window: SloWindow;
  /** Timeslices: a slice is good if good/total is at least this. */
  timeSliceTarget?: number;
  /** Timeslices: length of a slice in seconds. */
  timeSliceSeconds?: number;
  /** Timeslices: what a slice without data counts as. */
  noDataSlices: 'ignore' | 'good' | 'bad';
  /** Alert rows; absent means the four default rows scaled to the window. */
  alerts?: AlertRow[];
  /** What the team does as the budget goes, from its contract. */
  errorBudgetPolicy?: OwnershipContract['errorBudgetPolicy'];
  /** The queries as written, for sources and for "show the math". */
  indicator?: {
    good?: string;
    bad?: string;
    total?: string;
    /**
     * Whether the metrics of good, bad and total are counters that only go up
     * (what counts is their increase) or gauges (what counts is their value in
     * each bucket). Absent where it is not written.
     */
    counter?: boolean;
    /** A ratio that is computed already: of good (`success`) or of bad (`failure`) events. */
    raw?: { query: string; type: 'success' | 'failure' };
    /** A value that is good while it is `op` the `value`. */
    threshold?: {
      query: string;
      op?: 'lte' | 'gte' | 'lt' | 'gt';
      value?: number;
    };
    /** Name of the data source, where one is named. */
    dataSource?: string;
    /** Type of the data source: `prometheus`, … */
    type?: string;
  };
  /** Of a composite SLO: what it is made of. Its own budget is counted in time. */
  members?: SloMember[];
  /** Where it was written. */
  origin: { entityRef: string; path: string };
  /** What was read but could not be mapped, in words. */
  warnings: string[];
}
