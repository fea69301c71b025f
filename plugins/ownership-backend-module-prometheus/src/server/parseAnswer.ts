import { z } from 'zod';
import { parseBody, parseValue, realWarnings } from './parseBody';
import { ServerError } from './ServerError';

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
  const { data, warnings } = parseBody({ text, status, schema: answerSchema });
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
    warnings: realWarnings(warnings),
  };
}

function parsePoint(point: unknown): [number, number] {
  const [time, value] = Array.isArray(point) ? point : [];
  if (typeof time !== 'number' || typeof value !== 'string') {
    throw new ServerError('down', 'it answered with points that are none');
  }
  return [time, parseValue(value)];
}
