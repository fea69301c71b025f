import type { Problem } from '../../contract';
import { defaultAlerts } from '../defaultAlerts';
import type { SloDefinition } from '../types';
import { readPercent } from './readObjective';
import { readQuery } from './readQuery';
import { readSloName } from './readSloName';
import { readTimeWindow } from './readTimeWindow';
import { isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloReader } from './SloReader';

/**
 * Reads a Pyrra ServiceLevelObjective. Its metrics are selectors of counters,
 * not queries; they are kept as written.
 *
 * @internal
 */
export const readPyrra: SloReader = ({ document, origin }) => {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const notes: ReadingNotes = {
    problem: (path, message) => problems.push({ path, message }),
    warning: message => warnings.push(message),
  };
  const at = (path: string) => [origin.path, path].filter(Boolean).join('.');
  const metadata = isMapping(document.metadata) ? document.metadata : {};
  const spec = isMapping(document.spec) ? document.spec : {};

  const name = readSloName({
    value: metadata.name,
    path: at('metadata.name'),
    notes,
  });
  const objective = readPercent({
    // Pyrra writes the percentage as text, so that YAML keeps its digits.
    value:
      typeof spec.target === 'string' && /^\d+(\.\d+)?$/.test(spec.target)
        ? Number(spec.target)
        : spec.target,
    path: at('spec.target'),
    notes,
  });
  const window = readTimeWindow({
    value: { duration: spec.window, isRolling: true },
    path: at('spec.window'),
    notes: {
      ...notes,
      // Pyrra's window is the duration itself.
      problem: (_, message) => notes.problem(at('spec.window'), message),
    },
  });
  if (name === undefined || objective === undefined || !window) {
    return { slos: [], problems };
  }
  const alerting = isMapping(spec.alerting) ? spec.alerting : {};
  const alertsOff = alerting.disabled === true || alerting.burnrates === false;
  const alertName = plainText(alerting.name, 100);
  return {
    problems,
    slos: [
      {
        name,
        title: name,
        description: plainText(spec.description, 1050),
        objective,
        budgetingMethod: 'Occurrences',
        window,
        noDataSlices: 'ignore',
        ...(alertsOff && { alerts: [] }),
        ...(!alertsOff &&
          alertName &&
          window.type === 'rolling' && {
            alerts: defaultAlerts(window.durationSeconds).map(row => ({
              ...row,
              name: alertName,
            })),
          }),
        indicator: {
          ...readIndicator(spec.indicator, notes),
          type: 'prometheus',
        },
        origin: { ...origin, path: at('spec') },
        warnings,
      },
    ],
  };
};

function readIndicator(
  value: unknown,
  notes: ReadingNotes,
): NonNullable<SloDefinition['indicator']> {
  const indicator = isMapping(value) ? value : {};
  const [kind, parts] = Object.entries(indicator).find(([, part]) =>
    isMapping(part),
  ) ?? ['', {}];
  const part = isMapping(parts) ? parts : {};
  const metric = (key: string) =>
    readQuery(isMapping(part[key]) ? part[key].metric : undefined, key, notes);
  if (Array.isArray(part.grouping) && part.grouping.length > 0) {
    notes.warning(
      `Pyrra keeps a budget for every ${part.grouping
        .map(label => plainText(label, 60))
        .join(', ')}; here they are one.`,
    );
  }
  switch (kind) {
    case 'ratio':
      return { bad: metric('errors'), total: metric('total') };
    case 'latency':
      return { good: metric('success'), total: metric('total') };
    case 'latencyNative':
      notes.warning(
        `The threshold ${
          plainText(part.latency, 20) ?? ''
        } of a native histogram is not part of the metric.`,
      );
      return { total: metric('total') };
    case 'bool_gauge':
    case 'boolGauge': {
      const query = readQuery(part.metric, 'gauge', notes);
      return query ? { raw: { query, type: 'success' } } : {};
    }
    default:
      notes.warning(
        'The indicator is none of ratio, latency, latencyNative and bool_gauge: its queries are not known.',
      );
      return {};
  }
}
