import { joinQueries } from '../query/joinQueries';
import type { JoinedQuery } from '../query/joinQueries';
import type { PrometheusServer } from '../server/PrometheusServer';
import { ServerError } from '../server/ServerError';
import type { SliItem } from './SliItem';

/** SLOs of a joined query that are asked for one by one when it fails. */
const SINGLES = 25;

type Values = Array<number | undefined>;

/** A stretch of time of at most 11,000 buckets. */
export interface ReadWindow {
  /** Seconds since the epoch. */
  from: number;
  to: number;
  /** Length of a bucket. */
  seconds: number;
}

/**
 * Reads one window of many SLOs with as few calls as there can be. Where a
 * joined query fails, its SLOs are asked for in smaller groups and at last one
 * by one, so that only those fail that are the cause.
 */
export class WindowReader {
  readonly #server: PrometheusServer;
  readonly #window: ReadWindow;
  readonly #signal: AbortSignal;
  readonly #mayRepeat: () => boolean;
  /** By expression. */
  readonly #values = new Map<string, Values>();
  /** Why an SLO could not be read. */
  readonly failures = new Map<SliItem, ServerError>();

  /**
   * @param options - `mayRepeat`: whether there may be one more call to find
   * out which SLO is the cause of a failure
   */
  constructor(options: {
    server: PrometheusServer;
    window: ReadWindow;
    signal: AbortSignal;
    mayRepeat(): boolean;
  }) {
    this.#server = options.server;
    this.#window = options.window;
    this.#signal = options.signal;
    this.#mayRepeat = options.mayRepeat;
  }

  async read(items: SliItem[]): Promise<void> {
    const queries = items.flatMap(({ parts }) => parts.queries);
    await Promise.all(
      joinQueries(queries.map(({ query }) => query)).map(async joined => {
        try {
          await this.#ask(joined);
        } catch (error) {
          if (!(error instanceof ServerError)) {
            throw error;
          }
          const expressions = new Set(joined.answers.values());
          await this.#readApart(
            items.filter(({ parts }) =>
              parts.queries.some(({ query }) =>
                expressions.has(query.expression),
              ),
            ),
            error,
          );
        }
      }),
    );
  }

  /** The buckets of an SLO that has not failed. */
  bucketsOf({ parts }: SliItem) {
    const { from, to, seconds } = this.#window;
    const series = parts.queries.map(({ query }) =>
      this.#values.get(query.expression),
    );
    const buckets = [];
    for (let start = from, index = 0; start < to; start += seconds, index++) {
      const counts = parts.toCounts(series.map(values => values?.[index]));
      if (counts) {
        buckets.push({ start, seconds, ...counts });
      }
    }
    return buckets;
  }

  async #readApart(items: SliItem[], error: ServerError): Promise<void> {
    if (error.kind === 'down' || items.length === 1 || !this.#mayRepeat()) {
      items.forEach(item => this.failures.set(item, error));
      return;
    }
    const size = items.length > SINGLES ? SINGLES : 1;
    const groups = Array.from(
      { length: Math.ceil(items.length / size) },
      (_, index) => items.slice(index * size, (index + 1) * size),
    );
    await Promise.all(groups.map(group => this.read(group)));
  }

  async #ask(joined: JoinedQuery): Promise<void> {
    const { from, to, seconds } = this.#window;
    const { series, warnings } = await this.#server.queryRange({
      query: joined.expression,
      // A bucket is known at its end.
      start: from + seconds,
      end: to,
      step: seconds,
      maxSeries: joined.answers.size,
      signal: this.#signal,
    });
    if (warnings.length > 0) {
      throw new ServerError(
        'query',
        `only a part of the data answered: ${warnings[0].slice(0, 300)}`,
      );
    }
    const answered = new Map<string, Values>();
    for (const { labels, points } of series) {
      const expression = joined.answers.get(labels[joined.label]);
      if (expression === undefined) {
        continue;
      }
      if (answered.has(expression)) {
        throw new ServerError('query', 'the answer has the same series twice');
      }
      const values: Values = [];
      for (const [time, value] of points) {
        const index = (time - seconds - from) / seconds;
        // Points beside the grid are none that were asked for.
        if (Number.isInteger(index) && index >= 0 && time <= to) {
          values[index] = value;
        }
      }
      answered.set(expression, values);
    }
    for (const [expression, values] of answered) {
      this.#values.set(expression, values);
    }
  }
}
