import { plainText } from './SloReader';
import type { ReadingNotes } from './SloReader';

const maxWarnings = 5;

const indicatorFields = ['indicator', 'indicatorRef', 'sli', 'sliRef'];

const specFields = [
  ...indicatorFields,
  'description',
  'service',
  'serviceRef',
  'timeWindow',
  'budgetingMethod',
  'objectives',
  'alertPolicies',
  // What the catalog adds.
  'owner',
  'system',
];

/** What OpenSLO has in which mapping, and what the mapping is called. */
const fields = {
  spec: { of: 'an OpenSLO SLO', known: specFields },
  /** Without metadata of its own. */
  'bare spec': {
    of: 'an OpenSLO SLO',
    known: [
      ...specFields,
      'apiVersion',
      'kind',
      'metadata',
      'name',
      'title',
      'displayName',
      'labels',
      'annotations',
      'relations',
    ],
  },
  objective: {
    of: 'an OpenSLO objective',
    known: [
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
    ],
  },
  timeWindow: {
    of: 'an OpenSLO timeWindow',
    known: ['duration', 'isRolling', 'calendar'],
  },
  calendar: {
    of: 'an OpenSLO calendar',
    known: ['startTime', 'timeZone'],
  },
  indicator: {
    of: 'an OpenSLO indicator',
    known: ['description', 'ratioMetric', 'thresholdMetric'],
  },
  ratioMetric: {
    of: 'a ratioMetric',
    // `op` has a warning of its own.
    known: ['counter', 'good', 'bad', 'total', 'raw', 'rawType', 'op'],
  },
  metric: { of: 'an OpenSLO metric', known: ['metricSource', 'op'] },
  metricSource: {
    of: 'an OpenSLO metricSource',
    known: ['metricSourceRef', 'type', 'spec'],
  },
  alertPolicy: {
    of: 'an OpenSLO AlertPolicy',
    known: [
      'description',
      'alertWhenNoData',
      'alertWhenResolved',
      'alertWhenBreaching',
      'conditions',
      'notificationTargets',
      'owner',
    ],
  },
  alertCondition: {
    of: 'an OpenSLO AlertCondition',
    known: ['description', 'severity', 'condition', 'owner'],
  },
  condition: {
    of: 'the condition of an alert',
    known: ['kind', 'op', 'threshold', 'lookbackWindow', 'alertAfter'],
  },
};

/**
 * Names the fields that OpenSLO does not have: what they were meant to say is
 * not in force, and nobody should have to find that out alone.
 *
 * @internal
 */
export function readFieldNames(options: {
  mapping: Record<string, unknown>;
  of: keyof typeof fields;
  notes: ReadingNotes;
}): void {
  const { mapping, notes } = options;
  const { of, known } = fields[options.of];
  const unknown = Object.keys(mapping).filter(key => !known.includes(key));
  for (const key of unknown.slice(0, maxWarnings)) {
    notes.warning(
      `${
        plainText(key, 60) ?? 'A field without a name'
      } is not a field of ${of} and is not used.`,
    );
  }
}
