import { plainText } from './SloReader';
import type { ReadingNotes } from './SloReader';

const maxWarnings = 5;

const indicatorFields = ['indicator', 'indicatorRef', 'sli', 'sliRef'];

/** What OpenSLO has in the spec of an SLO, and what the catalog adds. */
const specFields = new Set([
  ...indicatorFields,
  'description',
  'service',
  'serviceRef',
  'timeWindow',
  'budgetingMethod',
  'objectives',
  'alertPolicies',
  'owner',
  'system',
]);

/** What a bare spec, without metadata of its own, has beside them. */
const headFields = [
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'title',
  'displayName',
  'labels',
  'annotations',
  'relations',
];

const objectiveFields = new Set([
  ...indicatorFields,
  'name',
  'displayName',
  'op',
  'value',
  'target',
  'targetPercent',
  'timeSliceTarget',
  'timeSliceWindow',
  'timeWindow',
  'compositeWeight',
  'sloRef',
]);

/**
 * Names the fields of an SLO that OpenSLO does not have: what they were meant
 * to say is not in force, and nobody should have to find that out alone.
 *
 * @internal
 */
export function readFieldNames(options: {
  mapping: Record<string, unknown>;
  of: 'spec' | 'bare spec' | 'objective';
  notes: ReadingNotes;
}): void {
  const { mapping, of, notes } = options;
  const known = of === 'objective' ? objectiveFields : specFields;
  const unknown = Object.keys(mapping).filter(
    key => !known.has(key) && !(of === 'bare spec' && headFields.includes(key)),
  );
  for (const key of unknown.slice(0, maxWarnings)) {
    notes.warning(
      `${plainText(key, 60) ?? 'A field without a name'} is not a field of ${
        of === 'objective' ? 'an OpenSLO objective' : 'an OpenSLO SLO'
      } and is not used.`,
    );
  }
}
