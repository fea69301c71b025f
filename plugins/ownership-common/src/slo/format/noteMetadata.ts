import { COMPOSITE_TARGET_ANNOTATION } from './readComposite';
import { NO_DATA_ANNOTATION } from './readNoDataPolicy';
import { isMapping, plainText } from './SloReader';
import type { ReadingNotes } from './SloReader';
import { SLO_SUBJECT_ANNOTATION } from './sloSubject';

const ownAnnotations = [
  SLO_SUBJECT_ANNOTATION,
  NO_DATA_ANNOTATION,
  COMPOSITE_TARGET_ANNOTATION,
];

/**
 * Names what is said about the SLO and not used. Annotations of others are for
 * others, as OpenSLO has it.
 *
 * @internal
 */
export function noteMetadata(
  { labels, annotations }: Record<string, unknown>,
  notes: ReadingNotes,
): void {
  if (isMapping(labels) && Object.keys(labels).length > 0) {
    notes.warning(
      'The labels are not used: SLOs are found by the team, system and tier of their component.',
    );
  }
  for (const key of Object.keys(isMapping(annotations) ? annotations : {})) {
    if (
      key.startsWith('service-ownership.io/') &&
      !ownAnnotations.includes(key)
    ) {
      notes.warning(
        `The annotation ${plainText(
          key,
          100,
        )} is not known and not used; known are ${ownAnnotations.join(', ')}.`,
      );
    }
  }
}
