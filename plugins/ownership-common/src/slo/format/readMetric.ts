import { readFieldNames } from './readFieldNames';
import { readQuery } from './readQuery';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloDocument } from './SloReader';

const maxNamed = 5;

/**
 * One metric of an indicator.
 *
 * @internal
 */
export interface MetricReading {
  query?: string;
  dataSource?: string;
  type?: string;
}

/**
 * Reads the query of a metric and where it is asked.
 *
 * @internal
 */
export function readMetric(options: {
  metric: unknown;
  part: string;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): MetricReading | undefined {
  const { metric, part, resolve, notes } = options;
  if (!isMapping(metric)) {
    return undefined;
  }
  // Older files put the source's fields on the metric itself.
  const source = isMapping(metric.metricSource) ? metric.metricSource : metric;
  const spec = isMapping(source.spec) ? source.spec : source;
  const key = ['query', 'promql', 'expr'].find(known => isText(spec[known]));
  const query = key ? spec[key] : source.spec;
  if (!isText(query)) {
    notes.warning(
      `The ${part} metric has no text in spec.query, spec.promql or spec.expr.`,
    );
  }
  if (source !== metric) {
    readFieldNames({ mapping: metric, of: 'metric', notes });
    readFieldNames({ mapping: source, of: 'metricSource', notes });
  }
  if (spec !== source) {
    noteUnasked({ spec, key, part, notes });
  }
  const dataSource = plainText(
    // v2alpha puts the data source beside the specification.
    source.metricSourceRef ?? metric.dataSourceRef,
    200,
  );
  // OpenSLO: the type may be left to the DataSource.
  const typeThere = typeOfSource({ dataSource, resolve, notes });
  return {
    query: isText(query) ? readQuery(query, part, notes) : undefined,
    dataSource,
    type: plainText(
      source.type ??
        (isMapping(metric.dataSourceSpec)
          ? metric.dataSourceSpec.type
          : metric.source) ??
        typeThere,
      100,
    ),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** What a source is asked beside the query, which is all that is known here. */
function noteUnasked(options: {
  spec: Record<string, unknown>;
  key?: string;
  part: string;
  notes: ReadingNotes;
}): void {
  const { spec, key, part, notes } = options;
  const others = Object.keys(spec).filter(each => each !== key);
  if (key !== undefined && others.length > 0) {
    notes.warning(
      `Of the ${part} metric ${key} is used, not ${others
        .slice(0, maxNamed)
        .map(each => plainText(each, 60))
        .join(', ')}.`,
    );
  }
}

function typeOfSource(options: {
  dataSource?: string;
  resolve: SloDocument['resolve'];
  notes: ReadingNotes;
}): unknown {
  const { dataSource, resolve, notes } = options;
  const found = dataSource ? resolve('DataSource', dataSource) : undefined;
  const spec = isMapping(found?.spec) ? found.spec : {};
  if (spec.connectionDetails !== undefined) {
    notes.warning(
      `The connectionDetails of the data source ${describeValue(
        dataSource,
      )} are not used: servers and their credentials are configured in app-config.`,
    );
  }
  return spec.type;
}
