import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  type Handover,
  type HandoverAction,
  type HandoverDetail,
  type HandoverQuery,
  type HandoverRequest,
  type Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { refText } from '../api/whereOwnedBy';
import { columnText } from '../drift/store/columnText';
import type { OwnershipEvents } from '../events/OwnershipEvents';
import type { CatalogOwners } from './CatalogOwners';
import { ownersOfMine, readDue, requireGroup } from './checkProposal';
import type { HandoverCaller } from './HandoverCaller';
import type { HandoverNotifier } from './HandoverNotifier';
import type { HandoverConfig } from './readHandoverConfig';
import { requireMay } from './requireMay';
import { dropVanished } from './store/dropVanished';
import type { HandoverRow } from './store/HandoverRow';
import { insertHandover } from './store/insertHandover';
import { listHandovers } from './store/listHandovers';
import { readHandoverParts } from './store/readHandoverParts';
import { stepHandover } from './store/stepHandover';
import { toHandover } from './toHandover';
import { toMove } from './toMove';

/** The scan: it may do what it finds. */
const EVERYBODY: HandoverCaller = {
  ref: 'service:ownership',
  principals: new Set(),
  manages: true,
  visible: 'all',
};

/**
 * Moves components from team to team: proposed, accepted, worked off,
 * complete. Until it is complete the old team answers: nothing here changes an
 * owner, the catalog does, and a handover is complete only once it did.
 */
export class HandoverService {
  readonly #knex: Knex;
  readonly #owners: CatalogOwners;
  readonly #config: HandoverConfig;
  readonly #events: OwnershipEvents;
  readonly #notifier: HandoverNotifier;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    owners: CatalogOwners;
    config: HandoverConfig;
    events: OwnershipEvents;
    notifier: HandoverNotifier;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#owners = options.owners;
    this.#config = options.config;
    this.#events = options.events;
    this.#notifier = options.notifier;
    this.#now = options.now;
  }

  /** Takes five statements whatever their number. */
  async list(options: {
    query: HandoverQuery;
    caller: HandoverCaller;
  }): Promise<Page<Handover>> {
    const { query, caller } = options;
    const { items, ...page } = await listHandovers(this.#knex, {
      ...caller,
      team: query.team,
      states: query.state === undefined ? undefined : [query.state].flat(),
      entityRef: query.entityRef,
      cursor: query.cursor,
      limit: query.limit ?? 50,
    });
    const parts = await readHandoverParts(this.#knex, items);
    const now = this.#now();
    return {
      ...page,
      items: items.map(row => toHandover({ row, parts, caller, now })),
    };
  }

  /** @throws NotFoundError for one that is not there or may not be seen */
  async get(options: {
    id: string;
    caller: HandoverCaller;
  }): Promise<HandoverDetail> {
    const { row, parts, handover } = await this.#read(options);
    return {
      ...handover,
      toMove: row.over
        ? []
        : await toMove(this.#knex, {
            entityRefs: handover.components
              .filter(({ leftAt }) => !leftAt)
              .map(({ entityRef }) => entityRef),
            to: row.to_ref,
          }),
      titles: Object.fromEntries(
        Array.from(parts.principals, ([ref, { title }]) => [ref, title]),
      ),
    };
  }

  /**
   * Proposes a handover.
   *
   * @returns its id
   * @throws InputError, NotFoundError, NotAllowedError or ConflictError that
   *   names the component or field and what is accepted
   */
  async propose(options: {
    request: HandoverRequest;
    caller: HandoverCaller;
  }): Promise<string> {
    const { request, caller } = options;
    const now = this.#now();
    const to = refText(request.to);
    const entityRefs = [...new Set(request.entityRefs.map(refText))];
    const owners = await ownersOfMine(this.#knex, { entityRefs, caller });
    await requireGroup(this.#knex, to);
    const from = [...new Set([...owners.values()].flat())].sort();
    if (from.length === 1 && from[0] === to) {
      throw new InputError(`to: ${to} is the owner already`);
    }
    const row: HandoverRow = {
      id: randomUUID(),
      state: 'proposed',
      over: 0,
      to_ref: to,
      from_refs: JSON.stringify(from),
      reason: columnText(request.reason, 2000),
      proposed_at: now.toISOString(),
      proposed_by: columnText(caller.ref, 300),
      due_at: readDue({
        dueAt: request.dueAt,
        dueAfterDays: this.#config.dueAfterDays,
        now,
      }),
      accepted_at: null,
      accepted_by: null,
      ended_at: null,
      ended_by: null,
      end_reason: null,
    };
    const { taken } = await insertHandover(this.#knex, {
      row,
      entityRefs,
      checklist: (request.checklist ?? this.#config.checklist).map(title =>
        columnText(title, 200),
      ),
    });
    if (taken.length > 0) {
      throw new ConflictError(
        `${taken.join(
          ', ',
        )}: in another handover that is open; complete or cancel that first`,
      );
    }
    await this.#tell({ row, by: caller.ref });
    return row.id;
  }

  /**
   * Accepts, declines, cancels or completes.
   *
   * @throws NotAllowedError or ConflictError that says what is missing
   */
  async answer(options: {
    id: string;
    action: Exclude<HandoverAction, 'check'>;
    caller: HandoverCaller;
    comment?: string;
  }): Promise<void> {
    const { action, caller } = options;
    const { row, handover } = await this.#read(options);
    requireMay(handover, action, caller);
    if (action === 'accept' && !handover.to.resolves) {
      throw new ConflictError(handover.problems[0]);
    }
    if (action === 'complete') {
      await this.#requireMoved(row, caller);
    }
    const comment = options.comment
      ? columnText(options.comment, 2000)
      : undefined;
    const step = await stepHandover(this.#knex, {
      id: row.id,
      action,
      by: columnText(caller.ref, 300),
      comment,
      at: this.#now().toISOString(),
    });
    if (!step) {
      throw new ConflictError(
        'Somebody else changed the handover meanwhile: look at it again',
      );
    }
    await this.#tell({
      row: step.after,
      previous: step.before,
      by: caller.ref,
      comment,
    });
  }

  /** Marks an item of the checklist as done, or opens it again. */
  async check(options: {
    id: string;
    item: string;
    done: boolean;
    caller: HandoverCaller;
  }): Promise<void> {
    const { item, done, caller } = options;
    const { row, handover } = await this.#read(options);
    requireMay(handover, 'check', caller);
    if (!handover.checklist.some(({ id }) => id === item)) {
      throw new NotFoundError(
        `The checklist has no item "${item}"; it has 1 to ${handover.checklist.length}`,
      );
    }
    const step = await stepHandover(this.#knex, {
      id: row.id,
      action: 'check',
      item: { position: Number(item), done },
      by: columnText(caller.ref, 300),
      at: this.#now().toISOString(),
    });
    if (!step) {
      throw new ConflictError(
        'Somebody else ended the handover meanwhile: look at it again',
      );
    }
    if (step.before.state !== step.after.state) {
      await this.#publish({
        row: step.after,
        previous: step.before,
        by: caller.ref,
        entityRefs: handover.components.map(({ entityRef }) => entityRef),
      });
    }
  }

  /** Cancels what has nothing left to hand over. Called after a whole scan. */
  async dropVanished(now: Date): Promise<void> {
    const at = now.toISOString();
    const reason = 'What was to be handed over left the catalog';
    for (const previous of await dropVanished(this.#knex, { at, reason })) {
      await this.#tell({
        row: { ...previous, state: 'cancelled', over: 1, end_reason: reason },
        previous,
        comment: reason,
      });
    }
  }

  async #read(options: { id: string; caller: HandoverCaller }) {
    const { id, caller } = options;
    const { items } = await listHandovers(this.#knex, {
      ...caller,
      id,
      limit: 1,
    });
    const [row] = items;
    if (!row) {
      throw new NotFoundError(`There is no handover "${id}"`);
    }
    const parts = await readHandoverParts(this.#knex, [row]);
    const handover = toHandover({ row, parts, caller, now: this.#now() });
    return { row, parts, handover };
  }

  /** Asks the catalog itself: who just changed it does not wait for a scan. */
  async #requireMoved(
    row: HandoverRow,
    { visible }: HandoverCaller,
  ): Promise<void> {
    const entityRefs: string[] = await this.#knex('handover_components')
      .where('handover_id', row.id)
      .whereNotNull('open_ref')
      .pluck('open_ref');
    const elsewhere = await this.#owners.ownedByOthers({
      entityRefs,
      owner: row.to_ref,
    });
    if (elsewhere.length === 0) {
      return;
    }
    const seen = elsewhere.filter(
      ({ entityRef }) => visible === 'all' || visible.has(entityRef),
    );
    const named = seen.slice(0, 5).map(({ entityRef }) => entityRef);
    const more = elsewhere.length - named.length;
    const which =
      named.length > 0
        ? `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
        : `${more} that you may not see`;
    throw new ConflictError(
      `The catalog does not name ${
        row.to_ref
      } as the one owner of ${which} yet. Change the catalog file, wait until the catalog has read it, and try again${
        named.length > 0 ? `:\n${seen[0].patch}` : ''
      }`,
    );
  }

  async #tell(options: {
    row: HandoverRow;
    previous?: HandoverRow;
    by?: string;
    comment?: string;
  }): Promise<void> {
    const { row, by, comment } = options;
    const handover = toHandover({
      row,
      parts: await readHandoverParts(this.#knex, [row]),
      caller: EVERYBODY,
      now: this.#now(),
    });
    await this.#publish({
      ...options,
      entityRefs: handover.components.map(({ entityRef }) => entityRef),
    });
    await this.#notifier.notify({ handover, by, comment });
  }

  async #publish(options: {
    row: HandoverRow;
    previous?: HandoverRow;
    by?: string;
    comment?: string;
    entityRefs: string[];
  }): Promise<void> {
    const { row, previous, by, comment, entityRefs } = options;
    await this.#events.publish({
      type: 'handover.changed',
      at: this.#now().toISOString(),
      handoverId: row.id,
      state: row.state,
      previousState: previous?.state,
      entityRefs,
      from: JSON.parse(row.from_refs),
      to: row.to_ref,
      by,
      reason: comment ?? (previous ? undefined : row.reason),
    });
  }
}
