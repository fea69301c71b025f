import type { ReadingNotes } from './SloReader';

/**
 * Names what an object says to people and is shown nowhere.
 *
 * @internal
 */
export function noteUnshown(options: {
  spec: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** What the object is called. */
  called: string;
  why: string;
  notes: ReadingNotes;
}): void {
  const { spec, metadata, called, why, notes } = options;
  const said = [
    // The catalog makes it the title.
    ['displayName', metadata.displayName ?? metadata.title],
    ['description', spec.description],
  ]
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  if (said.length > 0) {
    notes.warning(
      `The ${said.join(' and ')} of the ${called} ${
        said.length > 1 ? 'are' : 'is'
      } not shown: ${why}.`,
    );
  }
}
