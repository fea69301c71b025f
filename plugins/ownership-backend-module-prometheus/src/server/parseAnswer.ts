import { z } from 'zod';
import { ServerError } from './ServerError';

const failureSchema = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
});

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        // Absent where a series is of native histograms.
        values: z.array(z.unknown()).optional(),
      }),
    ),
  }),
  warnings: z.array(z.string()).nullish(),
});

/** One series: numbers by moment, seconds since the epoch. NaN and Inf are numbers. */
export interface Series {
  labels: Record<string, string>;
  points: Array<[time: number, value: number]>;
}

/** What a server answered; with `warnings` it is only a part of the data. */
export interface Answer {
  series: Series[];
  warnings: string[];
}

/** Reads an answer of `query_range`. */
export function parseAnswer(options: {
  text: string;
  status: number;
  maxSeries: number;
}): Answer {
  const { text, status, maxSeries } = options;
  const body = parseJson(text, status);
  const failure = failureSchema.safeParse(body);
  if (failure.success) {
    throw describeFailure(failure.data);
  }
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) {
    throw new ServerError(
      'down',
      `it answered ${status} with JSON that is not that of a Prometheus server`,
    );
  }
  const { data, warnings } = parsed.data;
  if (data.result.length > maxSeries) {
    throw new ServerError(
      'query',
      `the answer has ${data.result.length} series where ${maxSeries} can be`,
    );
  }
  return {
    series: data.result.map(({ metric, values }) => {
      if (!values) {
        throw new ServerError(
          'query',
          'the answer is of native histograms; take histogram_count(…) or histogram_fraction(…) of them',
        );
      }
      return { labels: metric, points: values.map(parsePoint) };
    }),
    // Prometheus 3 puts hints about the query beside what went wrong.
    warnings: (warnings ?? []).filter(
      warning => !/^PromQL info:/.test(warning),
    ),
  };
}

function parseJson(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (status === 503) {
      throw new ServerError('down', 'it answered 503', { passing: true });
    }
    if (/^\s*</.test(text)) {
      throw new ServerError(
        'down',
        `it answered ${status} with a page, not with JSON: the url must be that of the Prometheus API`,
        { passing: status >= 500 },
      );
    }
    throw new ServerError(
      'down',
      `it answered ${status} with JSON that is not complete`,
      { passing: true },
    );
  }
}

function describeFailure(failure: { errorType: string; error: string }) {
  const { errorType, error } = failure;
  const message = error.slice(0, 300);
  switch (errorType) {
    case 'timeout':
    case 'canceled':
      return new ServerError('slow', `the query takes too long: ${message}`);
    case 'bad_data':
    case 'execution':
      return new ServerError('query', `it refuses the query: ${message}`);
    default:
      return new ServerError('down', `it failed: ${message}`, {
        passing: true,
      });
  }
}

function parsePoint(point: unknown): [number, number] {
  const [time, value] = Array.isArray(point) ? point : [];
  if (typeof time !== 'number' || typeof value !== 'string') {
    throw new ServerError('down', 'it answered with points that are none');
  }
  return [time, parseValue(value)];
}

function parseValue(text: string): number {
  switch (text) {
    case '+Inf':
    case 'Inf':
      return Infinity;
    case '-Inf':
      return -Infinity;
    default:
      return text.trim() === '' ? NaN : Number(text);
  }
}
