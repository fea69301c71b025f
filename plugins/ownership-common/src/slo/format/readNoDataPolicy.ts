import type { SloDefinition } from '../types';
import { describeValue, isMapping } from './SloReader';
import type { ReadingNotes } from './SloReader';

/**
 * The annotation that says what slices without data count as.
 *
 * @internal
 */
export const NO_DATA_ANNOTATION = 'service-ownership.io/no-data-slices';

/**
 * What slices without data count as. OpenSLO has no field for it, so it is the
 * annotation `service-ownership.io/no-data-slices`.
 *
 * @internal
 */
export function readNoDataPolicy(
  document: Record<string, unknown>,
  notes: ReadingNotes,
): SloDefinition['noDataSlices'] {
  const metadata = isMapping(document.metadata) ? document.metadata : {};
  const annotations = isMapping(metadata.annotations)
    ? metadata.annotations
    : {};
  const written = annotations[NO_DATA_ANNOTATION];
  const policy = (['ignore', 'good', 'bad'] as const).find(
    known => known === written,
  );
  if (written !== undefined && !policy) {
    notes.warning(
      `service-ownership.io/no-data-slices is ignore, good or bad, not ${describeValue(
        written,
      )}: ignore is used.`,
    );
  }
  return policy ?? 'ignore';
}
