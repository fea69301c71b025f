import type { SloDefinition } from '../types';
import { readQuery } from './readQuery';
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
  if (isMapping(spec.thresholdMetric)) {
    return readThreshold(spec.thresholdMetric, holder, notes);
  }
  if (isMapping(spec.ratioMetric)) {
    return readRatio(spec.ratioMetric, notes);
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
    return isMapping(indicator.spec) ? indicator.spec : indicator;
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
  return isMapping(found?.spec) ? found.spec : undefined;
}

function readRatio(
  metric: Record<string, unknown>,
  notes: ReadingNotes,
): Indicator {
  // `op` belongs to thresholds; files in the wild carry it on ratios too.
  for (const part of [metric, metric.good, metric.bad, metric.total]) {
    if (isMapping(part) && part.op !== undefined) {
      notes.warning('op has no meaning on a ratioMetric and is not used.');
      break;
    }
  }
  const raw = readMetric(metric.raw, 'raw', notes);
  const good = readMetric(metric.good, 'good', notes);
  const bad = readMetric(metric.bad, 'bad', notes);
  const total = readMetric(metric.total, 'total', notes);
  if (good && bad) {
    notes.warning('A ratioMetric has good or bad, not both: good is used.');
  }
  if (!raw && (!total || !(good || bad))) {
    notes.warning(
      'A ratioMetric needs total and one of good and bad to be queried.',
    );
  }
  const source = total ?? good ?? bad ?? raw;
  return compact({
    good: good?.query,
    bad: good ? undefined : bad?.query,
    total: total?.query,
    counter: readCounter(metric, notes),
    raw:
      raw?.query === undefined
        ? undefined
        : {
            query: raw.query,
            type: metric.rawType === 'failure' ? 'failure' : 'success',
          },
    dataSource: source?.dataSource,
    type: source?.type,
  });
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

function readThreshold(
  metric: Record<string, unknown>,
  holder: Record<string, unknown>,
  notes: ReadingNotes,
): Indicator {
  const source = readMetric(metric, 'thresholdMetric', notes);
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

interface MetricReading {
  query?: string;
  dataSource?: string;
  type?: string;
}

function readMetric(
  metric: unknown,
  part: string,
  notes: ReadingNotes,
): MetricReading | undefined {
  if (!isMapping(metric)) {
    return undefined;
  }
  // Older files put the source's fields on the metric itself.
  const source = isMapping(metric.metricSource) ? metric.metricSource : metric;
  const spec = isMapping(source.spec) ? source.spec : source;
  const query = [spec.query, spec.promql, spec.expr, source.spec].find(
    (value): value is string =>
      typeof value === 'string' && value.trim() !== '',
  );
  if (query === undefined) {
    notes.warning(
      `The ${part} metric has no text in spec.query, spec.promql or spec.expr.`,
    );
  }
  return compact({
    query: query === undefined ? undefined : readQuery(query, part, notes),
    // v2alpha puts the data source beside the specification.
    dataSource: plainText(source.metricSourceRef ?? metric.dataSourceRef, 200),
    type: plainText(
      source.type ??
        (isMapping(metric.dataSourceSpec)
          ? metric.dataSourceSpec.type
          : metric.source),
      100,
    ),
  });
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}
