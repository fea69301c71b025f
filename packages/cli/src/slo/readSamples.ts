import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  checkSample,
  type SliBucket,
  type SliSample,
} from '@service-ownership/backstage-plugin-ownership-common';
import { UsageError } from '../command/UsageError';

/** More than 400 days of 5-minute samples of a dozen SLOs. */
const MAX_LINES = 2_000_000;
/** Longest line that can be a sample. */
const MAX_LINE = 10_000;
const COLUMNS = ['start', 'durationSeconds', 'good', 'total'] as const;

/**
 * Samples of one file, ready to be counted.
 *
 * @internal
 */
export interface SampleReading {
  /** By the SLO they name; those that name none are under ''. */
  buckets: Map<string, SliBucket[]>;
  /** Lines that are no sample, with the reason; the first ten. */
  rejected: Array<{ line: number; message: string }>;
  rejectedCount: number;
  /** End of the last sample in seconds since the epoch. */
  lastEnd?: number;
}

/**
 * Reads samples as CSV with a header, or as one JSON object a line. The fields
 * are `start`, `durationSeconds`, `good` and `total`, and `slo` where the file
 * is of several. Of two samples of the same time the later one counts.
 *
 * @throws UsageError where there is no such file or it is no such thing
 * @internal
 */
export async function readSamples(options: {
  file: string;
  /** The file as it was named. */
  name: string;
  now: Date;
}): Promise<SampleReading> {
  const { file, name, now } = options;
  const bySlo = new Map<string, Map<number, SliBucket>>();
  const reading: SampleReading = {
    buckets: new Map(),
    rejected: [],
    rejectedCount: 0,
  };
  let toSample: ((line: string) => SliSample | string) | undefined;
  let lineNumber = 0;
  const reject = (message: string) => {
    reading.rejectedCount += 1;
    if (reading.rejected.length < 10) {
      reading.rejected.push({ line: lineNumber, message });
    }
  };
  try {
    const lines = createInterface({
      input: createReadStream(file, 'utf8'),
      crlfDelay: Infinity,
    });
    for await (const whole of lines) {
      lineNumber += 1;
      const line = whole.replace(/^\ufeff/, '').trim();
      if (lineNumber > MAX_LINES) {
        throw new UsageError(
          `${name} has more than ${MAX_LINES.toLocaleString('en-US')} lines.`,
        );
      }
      if (line === '' || line.startsWith('#')) {
        continue;
      }
      if (line.length > MAX_LINE) {
        reject(`has more than ${MAX_LINE} characters`);
        continue;
      }
      if (!toSample) {
        toSample = line.startsWith('{') ? fromJson : fromCsv(line, name);
        if (!line.startsWith('{')) {
          continue;
        }
      }
      const sample = toSample(line);
      const checked =
        typeof sample === 'string'
          ? { message: sample }
          : checkSample({ sample, now });
      if ('message' in checked) {
        reject(checked.message);
        continue;
      }
      const { slo } = sample as SliSample;
      const buckets = bySlo.get(slo) ?? new Map<number, SliBucket>();
      bySlo.set(slo, buckets);
      for (const bucket of checked.buckets) {
        buckets.set(bucket.start, bucket);
        reading.lastEnd = Math.max(
          reading.lastEnd ?? 0,
          bucket.start + bucket.seconds,
        );
      }
    }
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    throw new UsageError(
      `${name} cannot be read: ${(error as NodeJS.ErrnoException).code}`,
    );
  }
  for (const [slo, buckets] of bySlo) {
    reading.buckets.set(slo, [...buckets.values()]);
  }
  return reading;
}

function fromJson(line: string): SliSample | string {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null
      ? toSampleOf(value)
      : 'is not a JSON object';
  } catch {
    return 'is not JSON';
  }
}

function fromCsv(
  header: string,
  name: string,
): (line: string) => SliSample | string {
  const columns = cellsOf(header);
  const missing = COLUMNS.filter(column => !columns.includes(column));
  if (missing.length > 0) {
    throw new UsageError(
      `${name} has no column ${missing.join(
        ', ',
      )}; expected CSV that begins with ${COLUMNS.join(
        ',',
      )}, or JSON objects with these fields, one a line.`,
    );
  }
  return line => {
    const cells = cellsOf(line);
    return cells.length === columns.length
      ? toSampleOf(
          Object.fromEntries(
            columns.map((column, index) => [column, cells[index]]),
          ),
        )
      : `has ${cells.length} columns, and the header has ${columns.length}`;
  };
}

/** No field of a sample holds a comma or a quote. */
function cellsOf(line: string): string[] {
  return line.split(',').map(cell => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function toSampleOf(value: Record<string, unknown>): SliSample {
  return {
    entityRef: '',
    slo: typeof value.slo === 'string' ? value.slo : '',
    start: String(value.start),
    durationSeconds: toNumber(value.durationSeconds),
    good: toNumber(value.good),
    total: toNumber(value.total),
  };
}

// Number('') is 0, and an empty cell is not.
function toNumber(value: unknown): number {
  return value === '' || value === null || value === undefined
    ? NaN
    : Number(value);
}
