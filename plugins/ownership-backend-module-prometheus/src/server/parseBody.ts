import { z } from 'zod';
import { ServerError } from './ServerError';

const failureSchema = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
});

/**
 * The body of an answer of the Prometheus API in the shape asked for.
 *
 * @throws ServerError where it is a failure, no JSON, or of another shape
 */
export function parseBody<T extends z.ZodType>(options: {
  text: string;
  /** Of HTTP. */
  status: number;
  schema: T;
}): z.infer<T> {
  const { text, status, schema } = options;
  const body = parseJson(text, status);
  const failure = failureSchema.safeParse(body);
  if (failure.success) {
    throw describeFailure(failure.data);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new ServerError(
      'down',
      `it answered ${status} with JSON that is not that of a Prometheus server`,
    );
  }
  return parsed.data;
}

/** Without the hints about the query that Prometheus 3 puts beside what went wrong. */
export function realWarnings(warnings: string[] | null | undefined): string[] {
  return (warnings ?? []).filter(warning => !/^PromQL info:/.test(warning));
}

/** A number as Prometheus writes it; NaN for what is none. */
export function parseValue(text: string): number {
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
