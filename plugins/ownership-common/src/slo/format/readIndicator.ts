import type { SloDefinition } from '../types';
import { readFieldNames } from './readFieldNames';
import { noteUnshown } from './noteUnshown';
import { readMetric } from './readMetric';
import type { MetricReading } from './readMetric';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';

type Indicator = NonNullable<SloDefinition['indicator']>;

/**
 * Reads the indicator of an SLO or of one objective: inline or by reference.
 * It is what sources query and what "show the math" shows; an SLO whose
 * samples are pushed needs none, so nothing here is more than a warning.
 *
 * @internal
 */
export function readIndicator(options: {
  holder: Record<string, unknown>;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): Indicator | undefined {
  const { holder, resolve, notes } = options;
  const spec = indicatorSpec({ holder, resolve, notes });
  if (!spec) {
    return undefined;
  }
  readFieldNames({ mapping: spec, of: 'indicator', notes });
  if (isMapping(spec.thresholdMetric)) {
    if (spec.ratioMetric !== undefined) {
      notes.warning(
        'An indicator has a thresholdMetric or a ratioMetric, not both: the thresholdMetric is used.',
      );
    }
    return readThreshold({
      metric: spec.thresholdMetric,
      holder,
      resolve,
      notes,
    });
  }
  if (isMapping(spec.ratioMetric)) {
    return readRatio({ metric: spec.ratioMetric, holder, resolve, notes });
  }
  notes.warning(
    'The indicator has neither a ratioMetric nor a thresholdMetric.',
  );
  return undefined;
}

function indicatorSpec(options: {
  holder: Record<string, unknown>;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): Record<string, unknown> | undefined {
  const { holder, resolve, notes } = options;
  // v2alpha calls it sli and sliRef.
  const indicator = holder.indicator ?? holder.sli;
  const indicatorRef = holder.indicatorRef ?? holder.sliRef;
  if (isMapping(indicator)) {
    if (indicatorRef !== undefined) {
      notes.warning(
        `An SLO has an indicator or an indicatorRef, not both: ${describeValue(
          indicatorRef,
        )} is not used.`,
      );
    }
    return specOf(indicator, notes);
  }
  if (indicatorRef === undefined) {
    return undefined;
  }
  const name = plainText(indicatorRef, 300);
  const found = name ? resolve('SLI', name) : undefined;
  if (!found) {
    notes.warning(
      `The indicator ${describeValue(
        indicatorRef,
      )} is not in the catalog: its queries are not known.`,
    );
  }
  return found && specOf({ ...found }, notes);
}

function specOf(
  indicator: Record<string, unknown>,
  notes: ReadingNotes,
): Record<string, unknown> {
  const spec = isMapping(indicator.spec) ? indicator.spec : indicator;
  noteUnshown({
    spec,
    metadata: isMapping(indicator.metadata) ? indicator.metadata : {},
    called: 'indicator',
    why: 'the SLO says what it is',
    notes,
  });
  return spec;
}

interface MetricPlace {
  metric: Record<string, unknown>;
  /** The objective, with what it shares with the others. */
  holder: Record<string, unknown>;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}

function readRatio(options: MetricPlace): Indicator {
  const { metric, holder, resolve, notes } = options;
  readFieldNames({ mapping: metric, of: 'ratioMetric', notes });
  // `op` belongs to thresholds; files in the wild carry it on ratios too.
  const parts = [metric, metric.good, metric.bad, metric.total, holder];
  for (const key of ['op', 'value']) {
    if (parts.some(part => isMapping(part) && part[key] !== undefined)) {
      notes.warning(`${key} has no meaning on a ratioMetric and is not used.`);
    }
  }
  const read = (part: string) =>
    readMetric({ metric: metric[part], part, resolve, notes });
  const raw = read('raw');
  const good = read('good');
  const bad = read('bad');
  const total = read('total');
  if (good && bad) {
    notes.warning('A ratioMetric has good or bad, not both: good is used.');
  }
  const isCounted = total !== undefined && (good ?? bad) !== undefined;
  if (!raw && !isCounted) {
    notes.warning(
      'A ratioMetric needs total and one of good and bad to be queried.',
    );
  }
  if (raw && (good ?? bad ?? total)) {
    notes.warning(
      `A ratioMetric has raw, or total and one of good and bad: ${
        isCounted ? 'raw is' : 'those beside raw are'
      } not used.`,
    );
  }
  const used = isCounted ? [total, good ?? bad] : [raw];
  const [source] = used[0] ? used : [total ?? good ?? bad];
  noteOtherSource({ used, notes });
  return compact({
    good: good?.query,
    bad: good ? undefined : bad?.query,
    total: total?.query,
    counter: readCounter(metric, notes),
    raw:
      raw?.query === undefined
        ? undefined
        : { query: raw.query, type: readRawType(metric.rawType, notes) },
    dataSource: source?.dataSource,
    type: source?.type,
  });
}

/** One source is asked for an SLO: its parts would be of different times. */
function noteOtherSource(options: {
  used: Array<MetricReading | undefined>;
  notes: ReadingNotes;
}): void {
  const [first, second] = options.used;
  if (first && second && first.dataSource !== second.dataSource) {
    options.notes.warning(
      `The metrics of an SLO are asked of one data source: ${describeValue(
        first.dataSource,
      )} is used, not ${describeValue(second.dataSource)}.`,
    );
  }
}

function readRawType(
  value: unknown,
  notes: ReadingNotes,
): 'success' | 'failure' {
  if (value !== 'success' && value !== 'failure') {
    notes.warning(
      `rawType is success (good of total) or failure (bad of total), not ${describeValue(
        value,
      )}: success is taken for granted.`,
    );
  }
  return value === 'failure' ? 'failure' : 'success';
}

function readCounter(
  metric: Record<string, unknown>,
  notes: ReadingNotes,
): boolean | undefined {
  const { counter } = metric;
  if (counter === undefined || typeof counter === 'boolean') {
    return counter;
  }
  notes.warning(
    `counter is true (a metric that only goes up) or false (a gauge), not ${describeValue(
      counter,
    )}: it is not used.`,
  );
  return undefined;
}

function readThreshold(options: MetricPlace): Indicator {
  const { metric, holder, resolve, notes } = options;
  const source = readMetric({
    metric,
    part: 'thresholdMetric',
    resolve,
    notes,
  });
  const op = (['lte', 'gte', 'lt', 'gt'] as const).find(
    known => known === holder.op,
  );
  const value =
    typeof holder.value === 'number' && Number.isFinite(holder.value)
      ? holder.value
      : undefined;
  if (!op || value === undefined) {
    notes.warning(
      'A thresholdMetric needs op (lte, gte, lt or gt) and value beside the target of its objective to tell good from bad.',
    );
  }
  return compact({
    threshold:
      source?.query === undefined
        ? undefined
        : {
            query: source.query,
            op,
            value,
          },
    dataSource: source?.dataSource,
    type: source?.type,
  });
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}
