import type { Knex } from 'knex';
import type { DigestMessage } from '../digest/Digest';
import type {
  OwnershipEvent,
  OwnershipEvents,
} from '../../events/OwnershipEvents';
import { addNews, forgetNews, readNews } from '../store/scanNews';
import { inParallel } from './inParallel';

/** A component that came into another state. */
export type StateChange = Omit<
  Extract<OwnershipEvent, { type: 'state.changed' }>,
  'type' | 'at'
>;

/**
 * What a scan has to tell.
 *
 * Law (at least once): it is kept in the transaction that writes what it tells
 * of, and forgotten once told. What a backend left behind that stopped is told
 * by a later scan, to the letter as it would have been.
 */
export class ScanNews {
  readonly #knex: Knex;
  readonly #events: OwnershipEvents;
  readonly #now: () => Date;
  readonly #states: Array<{ ids: string[]; events: OwnershipEvent[] }> = [];

  constructor(options: {
    knex: Knex;
    events: OwnershipEvents;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#events = options.events;
    this.#now = options.now;
  }

  /**
   * Keeps what one transaction changed. Gives what is to be called once it is
   * committed: tells the events. Changes of states wait for `tellStates`.
   */
  async keep(
    tx: Knex,
    options: {
      events: OwnershipEvent[];
      moved?: StateChange[];
      digest?: DigestMessage[];
    },
  ): Promise<() => Promise<void>> {
    const { events, moved = [], digest = [] } = options;
    const at = this.#now().toISOString();
    const states = moved.map(change => ({
      type: 'state.changed' as const,
      at,
      ...change,
    }));
    if (digest.length > 0) {
      await addNews({ knex: tx, kind: 'digest', at, bodies: [digest] });
    }
    const told = await this.#add(tx, events, at);
    const waiting = await this.#add(tx, states, at);
    return async () => {
      if (states.length > 0) {
        this.#states.push({ ids: waiting, events: states });
      }
      await this.#tell({ ids: told, events });
    };
  }

  /**
   * Tells of the components that came into another state, and gives them. Who
   * hears of it reads verdicts.
   */
  async tellStates(): Promise<StateChange[]> {
    const told: StateChange[] = [];
    for (const news of this.#states.splice(0)) {
      await this.#tell(news);
      told.push(...stateChanges(news.events));
    }
    return told;
  }

  /**
   * Takes over what those kept who judged parts of the same scan: what waits
   * for `tellStates`, and whatever one of them was stopped before it told.
   */
  async takeOver(): Promise<void> {
    const known = new Set(this.#states.flatMap(({ ids }) => ids));
    for (const { id, body } of await readNews({
      ...{ knex: this.#knex, kind: 'event' },
    })) {
      if (!known.has(id)) {
        this.#states.push({ ids: [id], events: body });
      }
    }
  }

  /** Tells what a backend left behind that stopped; gives the components that came into another state. */
  async tellLeftovers(options: {
    /** ISO 8601: what was kept later may just be told by another one. */
    before: string;
  }): Promise<StateChange[]> {
    const told: StateChange[] = [];
    for (const { id, body } of await readNews({
      ...{ knex: this.#knex, kind: 'event', before: options.before },
    })) {
      await this.#tell({ ids: [id], events: body });
      told.push(...stateChanges(body));
    }
    return told;
  }

  async #add(
    tx: Knex,
    events: OwnershipEvent[],
    at: string,
  ): Promise<string[]> {
    if (events.length === 0) {
      return [];
    }
    const news = await addNews({
      ...{ knex: tx, kind: 'event', at },
      bodies: [events],
    });
    return news.map(({ id }) => id);
  }

  async #tell(options: {
    ids: string[];
    events: OwnershipEvent[];
  }): Promise<void> {
    const { ids, events } = options;
    await inParallel(events, 10, event => this.#events.publish(event));
    try {
      await forgetNews({ knex: this.#knex, ids });
    } catch {
      // The database does not answer: told again by a later scan.
    }
  }
}

function stateChanges(events: OwnershipEvent[]): StateChange[] {
  return events.flatMap(event =>
    event.type === 'state.changed' ? [event] : [],
  );
}
