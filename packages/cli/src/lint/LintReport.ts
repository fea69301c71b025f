import type { Paint } from '../command/Paint';
import type { LintResult } from './LintResult';

/**
 * What there is to tell about checked files.
 *
 * @internal
 */
export interface LintReport extends LintResult {
  errors: number;
  warnings: number;
  /** Whether the portal was asked about references. */
  isOnline: boolean;
  paint: Paint;
  /** Width of the terminal in characters. */
  columns: number;
  version: string;
}

/**
 * Writes a report in one format.
 *
 * @internal
 */
export type LintFormat = (report: LintReport) => string;
