import { setImmediate } from 'node:timers/promises';
import type { PrometheusServerConfig } from '../PrometheusConfig';
import { CircuitBreaker } from './CircuitBreaker';
import { parseAnswer } from './parseAnswer';
import type { Answer } from './parseAnswer';
import { parseRules } from './parseRules';
import type { RecordingRule } from './parseRules';
import { parseVector } from './parseVector';
import type { Sample } from './parseVector';
import { readBody } from './readBody';
import { ServerError } from './ServerError';

const ATTEMPTS = 3;
/** First pause between attempts in milliseconds, doubled each time. */
const PAUSE_MS = 250;
const MAX_BYTES = 8 * 1024 * 1024;
/** Calls at once. */
const CONCURRENCY = 4;

/** What servers that record nothing themselves answer to the call for rules. */
const NO_SUCH_CALL = new Set([404, 405, 501]);

interface Call<T> {
  method: 'GET' | 'POST';
  path: 'query' | 'query_range' | 'rules';
  params: Record<string, string | string[]>;
  signal: AbortSignal;
  /** @throws ServerError for what is no answer to this call */
  parse(answer: { text: string; status: number }): T;
}

/** What a server needs of the world; given in tests. */
export interface World {
  fetch: typeof fetch;
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
  /** A signal that aborts after this many milliseconds. */
  timeout(milliseconds: number): AbortSignal;
}

/** A Prometheus-compatible server. */
export class PrometheusServer {
  readonly name: string;
  readonly #config: PrometheusServerConfig;
  readonly #world: World;
  readonly #breaker: CircuitBreaker;
  readonly #waiting: Array<() => void> = [];
  #running = 0;

  constructor(options: { config: PrometheusServerConfig; world: World }) {
    this.name = options.config.name;
    this.#config = options.config;
    this.#world = options.world;
    this.#breaker = new CircuitBreaker(options.world);
  }

  /**
   * Asks for the values of a query at `start`, `start + step` … `end`, in
   * seconds since the epoch.
   *
   * @throws ServerError where there is no answer
   */
  async queryRange(options: {
    query: string;
    start: number;
    end: number;
    step: number;
    maxSeries: number;
    signal: AbortSignal;
  }): Promise<Answer> {
    const { query, start, end, step, maxSeries, signal } = options;
    return this.#call({
      method: 'POST',
      path: 'query_range',
      params: {
        query,
        start: String(start),
        end: String(end),
        step: String(step),
        ...this.#queryParams(),
      },
      signal,
      parse: answer => parseAnswer({ ...answer, maxSeries }),
    });
  }

  /**
   * Asks for the values of a query now.
   *
   * @throws ServerError where there is no answer, or only a part of it
   */
  async query(options: {
    query: string;
    signal: AbortSignal;
  }): Promise<Sample[]> {
    const { query, signal } = options;
    return this.#call({
      method: 'POST',
      path: 'query',
      params: { query, ...this.#queryParams() },
      signal,
      parse: parseVector,
    });
  }

  /**
   * The recording rules of these names; undefined where the server knows of
   * no rules.
   *
   * @throws ServerError where there is no answer, or only a part of it
   */
  async recordingRules(options: {
    names: string[];
    signal: AbortSignal;
  }): Promise<RecordingRule[] | undefined> {
    const { names, signal } = options;
    const wanted = new Set(names);
    const rules = await this.#call({
      method: 'GET',
      path: 'rules',
      params: {
        type: 'record',
        // Servers that do not know the filter give all. A long list of names
        // would be more than an address can hold.
        ...(names.length <= 50 && { 'rule_name[]': names }),
      },
      signal,
      parse: answer =>
        NO_SUCH_CALL.has(answer.status) ? undefined : parseRules(answer),
    });
    return rules?.filter(({ name }) => wanted.has(name));
  }

  async #call<T>(call: Call<T>): Promise<T> {
    await this.#enter();
    try {
      return await this.#breaker.run(() => this.#retry(call));
    } finally {
      this.#leave();
    }
  }

  #queryParams() {
    const { timeoutMs, partialResponse } = this.#config;
    return {
      timeout: `${Math.ceil(timeoutMs / 1000)}s`,
      ...(partialResponse !== undefined && {
        partial_response: String(partialResponse),
      }),
    };
  }

  async #retry<T>(call: Call<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#ask(call);
      } catch (error) {
        const passing = error instanceof ServerError && error.passing;
        if (!passing || attempt === ATTEMPTS || call.signal.aborted) {
          throw error;
        }
        // Between half and the whole of the pause, so that replicas part.
        const share = 0.5 + this.#world.random() / 2;
        await this.#world.sleep(PAUSE_MS * 2 ** (attempt - 1) * share);
      }
    }
  }

  async #ask<T>(call: Call<T>): Promise<T> {
    const { method, path, signal, parse } = call;
    const { url, headers, timeoutMs } = this.#config;
    const timeout = this.#world.timeout(timeoutMs);
    const params = new URLSearchParams(
      Object.entries(call.params).flatMap(([name, value]) =>
        [value].flat().map(each => [name, each]),
      ),
    ).toString();
    try {
      const response = await this.#world.fetch(
        `${url}/api/v1/${path}${method === 'GET' ? `?${params}` : ''}`,
        {
          method,
          headers: {
            ...headers,
            accept: 'application/json',
            ...(method === 'POST' && {
              'content-type': 'application/x-www-form-urlencoded',
            }),
          },
          ...(method === 'POST' && { body: params }),
          // Credentials go to the configured server and to no other.
          redirect: 'manual',
          signal: AbortSignal.any([signal, timeout]),
        },
      );
      const { status } = response;
      if (path !== 'rules' || !NO_SUCH_CALL.has(status)) {
        refuseStatus(status);
      }
      const text = await readBody(response, { maxBytes: MAX_BYTES });
      // Answers come together; other work gets its turn between two of them.
      await setImmediate();
      return parse({ text, status });
    } catch (error) {
      if (error instanceof ServerError) {
        throw error;
      }
      signal.throwIfAborted();
      if (timeout.aborted) {
        throw new ServerError('slow', `no answer within ${timeoutMs / 1000} s`);
      }
      throw new ServerError(
        'down',
        `it cannot be reached: ${describeCause(error)}`,
        { passing: true },
      );
    }
  }

  async #enter() {
    if (this.#running < CONCURRENCY) {
      this.#running += 1;
    } else {
      // Whoever leaves hands its place over.
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
  }

  #leave() {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#running -= 1;
    }
  }
}

/** Statuses that say enough; the others come with a body that says why. */
function refuseStatus(status: number) {
  if (status === 401 || status === 403) {
    throw new ServerError(
      'down',
      `it answered ${status}: check auth and tenant of the server in ownership.prometheus.servers`,
    );
  }
  if (status === 404) {
    throw new ServerError(
      'down',
      'it answered 404: the url must be what /api/v1/query_range can be added to',
    );
  }
  if (status >= 300 && status < 400) {
    throw new ServerError(
      'down',
      `it answered ${status}, a redirect, which is not followed: configure the url it leads to`,
    );
  }
  if (status === 429 || status === 502 || status === 504) {
    throw new ServerError('down', `it answered ${status}`, { passing: true });
  }
}

function describeCause(error: unknown): string {
  // fetch hides what happened behind "fetch failed".
  const { message, cause } = error as Error & {
    cause?: { code?: string; message?: string };
  };
  return cause?.code ?? cause?.message ?? message;
}
