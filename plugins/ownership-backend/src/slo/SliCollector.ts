import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { breathe } from '../drift/scan/breathe';
import { checkReading } from './checkReading';
import type { Stretch } from './planReading';
import { SloReading } from './SloReading';
import type { SloService } from './SloService';
import { fineFrom } from './store/dropOldBuckets';
import { forgetSources } from './store/forgetSources';
import { readSourcedSlos } from './store/readSourcedSlos';
import type { SourcedSlo } from './store/readSourcedSlos';
import { writeReadings } from './store/writeReadings';

/** Buckets that are held before they are written. */
const FLUSH_AT = 5000;

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
    const readings = slos.flatMap(slo => this.#begin(slo, source, now));
    const backfills = readings.filter(({ todo }) => todo.hours);
    const pass = async (
      some: SloReading[],
      stretch: (todo: SloReading['todo']) => Stretch | undefined,
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

  #begin(slo: SourcedSlo, source: SliSource, now: Date): SloReading[] {
    try {
      return [new SloReading({ slo, source: source.id, now })];
    } catch (error) {
      this.#logger.warn(
        `The windows of the SLO ${slo.definition.name} of ${slo.entityRef} cannot be worked out; it is not read`,
        error as Error,
      );
      return [];
    }
  }

  async #pass(options: {
    source: SliSource;
    readings: SloReading[];
    stretch(todo: SloReading['todo']): Stretch | undefined;
    seconds: SliRequest['seconds'];
    now: Date;
    signal: AbortSignal;
  }): Promise<number> {
    const { source, readings, stretch, seconds, now, signal } = options;
    const open = new Map<SliRequest, SloReading>();
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
    let storing = false;
    const touched = new Set<SloReading>();
    const flush = async () => {
      storing = true;
      written += await this.#flush([...touched], now);
      touched.clear();
      held = 0;
      storing = false;
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
        if (reading.take(checkReading(answer))) {
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
          reading.fail('The source gave no answer');
          touched.add(reading);
        }
      }
    } catch (error) {
      // A database that fails, or a stop on purpose, says nothing about the source.
      if (storing) {
        throw error;
      }
      if (!signal.aborted) {
        for (const reading of open.values()) {
          reading.fail((error as Error).message);
          touched.add(reading);
        }
      }
    }
    await flush();
    return written;
  }

  async #flush(readings: SloReading[], now: Date): Promise<number> {
    const fine = new Map(
      readings.map(({ sloId, slo }) => [sloId, slo.fineSeconds] as const),
    );
    const written = await writeReadings({
      knex: this.#knex,
      readings,
      fineFrom: sloId => fineFrom({ now, fineSeconds: fine.get(sloId)! }),
    });
    readings.forEach(reading => reading.forgetBuckets());
    return written;
  }
}
