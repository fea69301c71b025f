import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { inSlices } from '../store/inSlices';
import { bringUpToDate } from './bringUpToDate';
import { mergeMessages, type DigestMessage } from './Digest';
import {
  DIGEST_ANNOTATION,
  LEAST_PAUSE,
  readCadence,
  type DigestCadence,
} from './DigestCadence';

/** A row of the table `digests`. */
export interface DigestRow {
  recipient: string;
  /** ISO 8601 in UTC. */
  sent_at: string | null;
  /** JSON of a DigestMessage. */
  waiting: string | null;
}

/**
 * Decides which digests go out now. What a team wants once a day or once a
 * week is kept until then and told as one.
 */
export class DigestSchedule {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #byDefault: DigestCadence;
  readonly #now: () => Date;

  constructor(options: {
    database: Knex;
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    /** For everybody who does not say otherwise. */
    byDefault: DigestCadence;
    now: () => Date;
  }) {
    this.#knex = options.database;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#byDefault = options.byDefault;
    this.#now = options.now;
  }

  /**
   * Of what is new and what waits: what is to be sent now, as it is now, and
   * what is to be kept of it with `keep`.
   */
  async plan(
    news: DigestMessage[],
  ): Promise<{ send: DigestMessage[]; rows: DigestRow[] }> {
    const stored = await this.#stored(news);
    const messages = new Map(news.map(message => [message.recipient, message]));
    for (const { recipient, waiting } of stored.values()) {
      if (waiting) {
        const kept: DigestMessage = JSON.parse(waiting);
        const message = messages.get(recipient);
        messages.set(recipient, message ? mergeMessages(kept, message) : kept);
      }
    }
    if (messages.size === 0) {
      return { send: [], rows: [] };
    }

    const cadences = await this.#cadences([...messages.keys()]);
    const now = this.#now();
    const plans = [...messages.values()].map(message => {
      const { recipient } = message;
      const cadence = cadences.get(recipient) ?? this.#byDefault;
      const before = stored.get(recipient);
      const goesNow =
        cadence !== 'off' &&
        (!before?.sent_at ||
          now.getTime() - Date.parse(before.sent_at) >= LEAST_PAUSE[cadence]);
      return { message, cadence, before, goesNow };
    });
    const send = await bringUpToDate({
      knex: this.#knex,
      messages: plans.flatMap(({ message, goesNow }) =>
        goesNow ? message : [],
      ),
      now,
    });
    const told = new Set(send.map(({ recipient }) => recipient));
    const rows: DigestRow[] = plans
      // Who is told at once needs no memory, unless there was one.
      .filter(
        ({ before, goesNow, cadence }) =>
          before || !(goesNow && cadence === 'scan'),
      )
      .map(({ message, before, goesNow, cadence }) => ({
        recipient: message.recipient,
        sent_at: told.has(message.recipient)
          ? now.toISOString()
          : before?.sent_at ?? null,
        waiting: goesNow || cadence === 'off' ? null : JSON.stringify(message),
      }));
    return { send, rows };
  }

  /** To be called in the transaction that takes over what is sent. */
  async keep(knex: Knex, rows: DigestRow[]): Promise<void> {
    for (const slice of inSlices(rows)) {
      await knex('digests')
        .insert(slice)
        .onConflict('recipient')
        .merge(['sent_at', 'waiting']);
    }
  }

  async #stored(news: DigestMessage[]): Promise<Map<string, DigestRow>> {
    const rows: DigestRow[] = await this.#knex<DigestRow>('digests').where(
      either => {
        either.whereNotNull('waiting').orWhere(known =>
          whereIn(
            known,
            'recipient',
            news.map(({ recipient }) => recipient),
          ),
        );
      },
    );
    return new Map(rows.map(row => [row.recipient, row]));
  }

  /** What the groups themselves say; without the catalog, nothing. */
  async #cadences(recipients: string[]): Promise<Map<string, DigestCadence>> {
    const cadences = new Map<string, DigestCadence>();
    try {
      const credentials = await this.#auth.getOwnServiceCredentials();
      for (const entityRefs of inSlices(recipients)) {
        const { items } = await this.#catalog.getEntitiesByRefs(
          { entityRefs, fields: ['metadata.annotations'] },
          { credentials },
        );
        items.forEach((entity, index) => {
          const cadence = readCadence(
            entity?.metadata?.annotations?.[DIGEST_ANNOTATION],
          );
          if (cadence) {
            cadences.set(entityRefs[index], cadence);
          }
        });
      }
    } catch (error) {
      this.#logger.warn(
        `Digests go out as configured, whatever teams say in ${DIGEST_ANNOTATION}: ${error}`,
      );
    }
    return cadences;
  }
}
