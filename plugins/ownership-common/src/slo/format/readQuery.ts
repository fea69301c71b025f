import type { ReadingNotes } from './SloReader';

const maxQueryLength = 10_000;

/**
 * Reads the text of a query. An SLO whose samples are pushed needs none, so
 * what is wrong with it is a warning.
 *
 * @internal
 */
export function readQuery(
  value: unknown,
  part: string,
  notes: ReadingNotes,
): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') {
    notes.warning(`The ${part} metric has no query.`);
    return undefined;
  }
  if (value.length > maxQueryLength) {
    notes.warning(
      `The query of the ${part} metric is longer than ${maxQueryLength} characters and is not used.`,
    );
    return undefined;
  }
  return value;
}
