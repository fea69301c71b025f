import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  SliReading,
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { breathe } from '../drift/scan/breathe';
import { columnText } from '../drift/store/columnText';
import { checkReading } from './checkReading';
import {
  endOfReading,
  planReading,
  readingDigest,
  settledReadTo,
} from './planReading';
import type { Stretch } from './planReading';
import type { SloService } from './SloService';
import { fineFrom } from './store/dropOldBuckets';
import { forgetSources } from './store/forgetSources';
import { readSourcedSlos } from './store/readSourcedSlos';
import type { SourcedSlo, SourceState } from './store/readSourcedSlos';
import { writeReadings } from './store/writeReadings';
import type { StoredReading } from './store/writeReadings';

/** Buckets that are held before they are written. */
const FLUSH_AT = 5000;
/** How long the last buckets may be missing before it is said. */
const QUIET_SECONDS = 900;

/** An SLO while it is being read. */
interface Reading extends StoredReading {
  slo: SourcedSlo;
  todo: { hours?: Stretch; fine: Stretch };
  failed: boolean;
}

/**
 * Asks the sources for the SLIs of all SLOs they read and stores the buckets.
 * An SLO that cannot be read keeps its error until it can; no other is
 * touched.
 */
export class SliCollector {
  readonly #knex: Knex;
  readonly #sources: SliSource[];
  readonly #slos: Pick<SloService, 'evaluate'>;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    sources: SliSource[];
    slos: Pick<SloService, 'evaluate'>;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#sources = options.sources;
    this.#slos = options.slos;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * One cycle: reads what is new, then what is missing of the past.
   *
   * @returns how many SLOs were read, how many of them failed and how many
   * buckets changed
   */
  async collect(options: {
    signal: AbortSignal;
  }): Promise<{ read: number; failed: number; written: number }> {
    const outcome = { read: 0, failed: 0, written: 0 };
    const bySource = new Map<SliSource, SourcedSlo[]>(
      this.#sources.map(source => [source, []]),
    );
    const forgotten: number[] = [];
    for (const slo of await readSourcedSlos(this.#knex)) {
      const source = this.#sources.find(each => each.reads(slo.definition));
      if (source) {
        bySource.get(source)!.push(slo);
      } else if (slo.state) {
        forgotten.push(slo.id);
      }
    }
    await forgetSources(this.#knex, forgotten);
    await Promise.all(
      [...bySource].map(async ([source, slos]) => {
        const each = await this.#collectFrom(source, slos, options.signal);
        outcome.read += slos.length;
        outcome.failed += each.failed;
        outcome.written += each.written;
      }),
    );
    await this.#slos.evaluate({ signal: options.signal });
    return outcome;
  }

  async #collectFrom(
    source: SliSource,
    slos: SourcedSlo[],
    signal: AbortSignal,
  ): Promise<{ failed: number; written: number }> {
    const now = this.#now();
    const readings = slos.map(slo => begin(slo, source, now));
    const backfills = readings.filter(({ todo }) => todo.hours);
    const pass = async (
      some: Reading[],
      stretch: (todo: Reading['todo']) => Stretch | undefined,
      seconds: SliRequest['seconds'],
    ) => this.#pass({ source, readings: some, stretch, seconds, now, signal });

    // What is new comes first: a backfill must not hold up an alert.
    let written = await pass(
      readings.filter(({ todo }) => !todo.hours),
      todo => todo.fine,
      300,
    );
    written += await pass(backfills, todo => todo.hours, 3600);
    written += await pass(
      backfills.filter(({ failed }) => !failed),
      todo => todo.fine,
      300,
    );
    const failed = readings.filter(reading => reading.failed);
    const news = failed.filter(({ errorChanged }) => errorChanged);
    if (news.length > 0) {
      const { slo, state } = news[0];
      this.#logger.warn(
        `${news.length} SLOs could not be read from ${source.id}, ${slo.definition.name} of ${slo.entityRef} among them: ${state.error}`,
      );
    }
    return { failed: failed.length, written };
  }

  async #pass(options: {
    source: SliSource;
    readings: Reading[];
    stretch(todo: Reading['todo']): Stretch | undefined;
    seconds: SliRequest['seconds'];
    now: Date;
    signal: AbortSignal;
  }): Promise<number> {
    const { source, readings, stretch, seconds, now, signal } = options;
    const open = new Map<SliRequest, Reading>();
    for (const reading of readings) {
      const { entityRef, definition } = reading.slo;
      open.set(
        { entityRef, definition, ...stretch(reading.todo)!, seconds },
        reading,
      );
    }
    if (open.size === 0 || signal.aborted) {
      return 0;
    }
    let written = 0;
    let held = 0;
    let answers = 0;
    const touched = new Set<Reading>();
    const flush = async () => {
      written += await this.#flush([...touched], now);
      touched.clear();
      held = 0;
    };
    try {
      for await (const answer of source.read({
        requests: [...open.keys()],
        signal,
      })) {
        await breathe(answers++);
        const reading = open.get(answer.request);
        if (!reading) {
          continue;
        }
        if (take(reading, checkReading(answer), now)) {
          open.delete(answer.request);
        }
        touched.add(reading);
        held += 'buckets' in answer ? answer.buckets.length : 1;
        if (held >= FLUSH_AT) {
          await flush();
        }
      }
      if (!signal.aborted) {
        for (const reading of open.values()) {
          fail(reading, 'The source gave no answer', now);
          touched.add(reading);
        }
      }
    } catch (error) {
      // Stopped on purpose says nothing about the source.
      if (!signal.aborted) {
        for (const reading of open.values()) {
          fail(reading, (error as Error).message, now);
          touched.add(reading);
        }
      }
    }
    await flush();
    return written;
  }

  async #flush(readings: Reading[], now: Date): Promise<number> {
    const fine = new Map(
      readings.map(({ sloId, slo }) => [sloId, slo.fineSeconds] as const),
    );
    for (const reading of readings) {
      reading.stateChanged = !isSame(reading.state, reading.slo.state);
    }
    const written = await writeReadings({
      knex: this.#knex,
      readings,
      fineFrom: sloId => fineFrom({ now, fineSeconds: fine.get(sloId)! }),
    });
    for (const reading of readings) {
      reading.fine = [];
      reading.hours = [];
    }
    return written;
  }
}

function begin(slo: SourcedSlo, source: SliSource, now: Date): Reading {
  const digest = readingDigest(slo.definition);
  const before =
    slo.state?.digest === digest && slo.state.source === source.id
      ? slo.state
      : undefined;
  const state: SourceState = { ...before, source: source.id, digest };
  return {
    slo,
    sloId: slo.id,
    fine: [],
    hours: [],
    state,
    stateChanged: false,
    errorChanged: false,
    failed: false,
    todo: planReading({ ...slo, readTo: before?.readTo, now }),
  };
}

/** Takes over one answer; true where the request is over. */
function take(reading: Reading, answer: SliReading, now: Date): boolean {
  if ('error' in answer) {
    fail(reading, answer.error, now);
    return true;
  }
  const { state, slo } = reading;
  for (const { start, seconds, good, total } of answer.buckets) {
    const bucket = { sloId: slo.id, start, good, total };
    (seconds === 300 ? reading.fine : reading.hours).push(bucket);
    state.dataEnd = Math.max(state.dataEnd ?? 0, start + seconds);
  }
  state.readTo = settledReadTo({
    readTo: Math.max(answer.readTo, state.readTo ?? 0),
    dataEnd: state.dataEnd,
    now,
  });
  const over = answer.readTo >= answer.request.to;
  const end = endOfReading(now);
  if (over && answer.request.to === end) {
    if ((state.dataEnd ?? 0) < end - QUIET_SECONDS) {
      fail(reading, 'It answers, but has no data for the queries', now);
    } else {
      settle(reading);
    }
  }
  return over;
}

function fail(reading: Reading, message: string, now: Date) {
  const { state, slo } = reading;
  state.error = columnText(message, 1000);
  state.errorSince = state.errorSince ?? now.toISOString();
  reading.errorChanged = state.error !== slo.state?.error;
  reading.failed = true;
}

function settle(reading: Reading) {
  delete reading.state.error;
  delete reading.state.errorSince;
  reading.errorChanged = reading.slo.state?.error !== undefined;
}

function isSame(state: SourceState, stored: SourceState | undefined): boolean {
  return (
    stored !== undefined &&
    state.source === stored.source &&
    state.digest === stored.digest &&
    state.readTo === stored.readTo &&
    state.dataEnd === stored.dataEnd &&
    state.error === stored.error &&
    state.errorSince === stored.errorSince
  );
}
