import { describeValue } from './SloReader';
import type { ReadingNotes } from './SloReader';

const sloName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Reads the name of an SLO: it is part of addresses and what samples are
 * pushed under.
 *
 * @internal
 */
export function readSloName(options: {
  value: unknown;
  path: string;
  notes: ReadingNotes;
}): string | undefined {
  const { value, path, notes } = options;
  if (typeof value === 'string' && sloName.test(value)) {
    return value;
  }
  notes.problem(
    path,
    `Expected a name of 1 to 100 letters, digits, "-", "_" and "." that starts with a letter or digit, got ${describeValue(
      value,
    )}.`,
  );
  return undefined;
}
