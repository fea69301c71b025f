import { setImmediate } from 'node:timers/promises';
import type {
  SliReading,
  SliRequest,
} from '@service-ownership/backstage-plugin-ownership-node';
import { QueryError } from '../query/parseQuery';
import type { PrometheusServer } from '../server/PrometheusServer';
import { mergeReadings } from './mergeReadings';
import { sliParts } from './sliParts';
import { sloKey } from './SliItem';
import type { SliItem } from './SliItem';
import { WindowReader } from './WindowReader';

/** Most points of one series that Prometheus gives. */
const MAX_POINTS = 11_000;
/** Points of an answer, so that it stays a few megabytes. */
const POINTS_PER_ANSWER = 100_000;
/** Points that are held at once, of all answers together. */
const POINTS_HELD = 250_000;
/** Series of the largest answer. */
const SERIES_PER_ANSWER = 200;
/** Joined queries that may be taken apart in a cycle, up to 25 calls each. */
const REPEATS = 10;
/** SLOs known to fail that are asked for apart from the others. */
const MAX_SUSPECTS = 50;
/** For how long, in milliseconds. */
const SUSPECT_MS = 30 * 60_000;

/** Reads the SLIs of all SLOs of one server. */
export class ServerSource {
  readonly #server: PrometheusServer;
  readonly #now: () => Date;
  /** SLOs whose queries failed alone, until when they are kept apart. */
  readonly #suspects = new Map<string, number>();

  constructor(options: { server: PrometheusServer; now: () => Date }) {
    this.#server = options.server;
    this.#now = options.now;
  }

  async *read(options: {
    requests: SliRequest[];
    signal: AbortSignal;
  }): AsyncGenerator<SliReading> {
    const groups = new Map<string, SliItem[]>();
    let repeats = REPEATS;
    for (const [index, request] of options.requests.entries()) {
      // Thousands of queries are parsed; other work gets its turn in between.
      if (index % 20 === 19) {
        await setImmediate();
      }
      const item = toItem(request);
      if ('error' in item) {
        yield { request, error: item.error };
        continue;
      }
      // One that never ends must not hold up the answers of the others.
      const key = [
        request.from,
        request.to,
        item.parts.seconds,
        this.#isSuspect(request) ? sloKey(request) : '',
      ].join(' ');
      const group = groups.get(key);
      if (group) {
        group.push(item);
      } else {
        groups.set(key, [item]);
      }
    }
    yield* mergeReadings(
      [...groups.values()].map(items =>
        this.#readGroup({
          items,
          signal: options.signal,
          mayRepeat: () => repeats-- > 0,
        }),
      ),
    );
  }

  /** Items of the same stretch of time, window by window. */
  async *#readGroup(options: {
    items: SliItem[];
    signal: AbortSignal;
    mayRepeat(): boolean;
  }): AsyncGenerator<SliReading> {
    const { signal, mayRepeat } = options;
    const { from, to } = options.items[0].request;
    const { seconds } = options.items[0].parts;
    let items = options.items;
    const length = seconds * pointsFor(items);
    for (let at = from; at < to && items.length > 0; at += length) {
      const window = { from: at, to: Math.min(to, at + length), seconds };
      const reader = new WindowReader({
        server: this.#server,
        window,
        signal,
        mayRepeat,
      });
      await reader.read(items);
      for (const item of items) {
        const { request } = item;
        const failure = reader.failures.get(item);
        if (failure) {
          if (failure.kind !== 'down') {
            this.#suspect(request);
          }
          yield {
            request,
            error: `Prometheus server ${this.#server.name}: ${failure.message}`,
          };
        } else {
          const buckets = reader.bucketsOf(item);
          yield { request, buckets, readTo: window.to };
        }
      }
      items = items.filter(item => !reader.failures.has(item));
    }
  }

  #suspect(request: SliRequest) {
    if (this.#suspects.size < MAX_SUSPECTS) {
      this.#suspects.set(sloKey(request), this.#now().getTime() + SUSPECT_MS);
    }
  }

  #isSuspect(request: SliRequest): boolean {
    const key = sloKey(request);
    const until = this.#suspects.get(key);
    if (until !== undefined && until < this.#now().getTime()) {
      this.#suspects.delete(key);
    }
    return this.#suspects.has(key);
  }
}

function toItem(request: SliRequest): SliItem | { error: string } {
  try {
    return { request, parts: sliParts(request.definition, request.seconds) };
  } catch (error) {
    if (error instanceof QueryError) {
      return { error: error.message };
    }
    throw error;
  }
}

/** How many buckets are read at once. */
function pointsFor(items: SliItem[]): number {
  const series = items.reduce(
    (sum, { parts }) => sum + parts.queries.length,
    0,
  );
  return Math.min(
    MAX_POINTS,
    Math.floor(POINTS_PER_ANSWER / Math.min(series, SERIES_PER_ANSWER)),
    Math.max(12, Math.floor(POINTS_HELD / series)),
  );
}
