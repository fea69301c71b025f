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
  /** The text of a file that has problems, as far as it can be read. */
  textOf(file: string): string | undefined;
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
