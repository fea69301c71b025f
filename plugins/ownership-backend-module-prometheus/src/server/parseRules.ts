import { z } from 'zod';
import { parseBody, realWarnings } from './parseBody';
import { ServerError } from './ServerError';

const rulesSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(
          z.object({
            type: z.string().optional(),
            name: z.string(),
            query: z.string(),
            labels: z.record(z.string(), z.string()).nullish(),
          }),
        ),
      }),
    ),
  }),
  warnings: z.array(z.string()).nullish(),
});

/** A recording rule: what is computed and the labels it gets. */
export interface RecordingRule {
  name: string;
  query: string;
  labels: Record<string, string>;
}

/** Reads an answer of `rules`; without those of a ruler that is down it is none. */
export function parseRules(options: {
  text: string;
  status: number;
}): RecordingRule[] {
  const { data, warnings } = parseBody({ ...options, schema: rulesSchema });
  const [warning] = realWarnings(warnings);
  if (warning !== undefined) {
    throw new ServerError(
      'query',
      `only a part of the rules answered: ${warning.slice(0, 300)}`,
    );
  }
  return data.groups.flatMap(({ rules }) =>
    rules
      .filter(({ type }) => type === undefined || type === 'recording')
      .map(({ name, query, labels }) => ({
        name,
        query,
        labels: labels ?? {},
      })),
  );
}
