import { z } from 'zod';
import { parseBody, parseValue, realWarnings } from './parseBody';
import { ServerError } from './ServerError';

const vectorSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]).optional(),
      }),
    ),
  }),
  warnings: z.array(z.string()).nullish(),
});

/** The value of a series at one moment. */
export interface Sample {
  labels: Record<string, string>;
  value: number;
}

/**
 * Reads an answer of `query`. With warnings it is only a part of the data, and
 * what is missing cannot be told from what is gone: that is an error.
 */
export function parseVector(options: {
  text: string;
  status: number;
}): Sample[] {
  const { data, warnings } = parseBody({ ...options, schema: vectorSchema });
  const [warning] = realWarnings(warnings);
  if (warning !== undefined) {
    throw new ServerError(
      'query',
      `only a part of the data answered: ${warning.slice(0, 300)}`,
    );
  }
  return data.result.map(({ metric, value }) => ({
    labels: metric,
    value: value ? parseValue(value[1]) : NaN,
  }));
}
