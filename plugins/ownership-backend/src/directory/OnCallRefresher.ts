import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Person } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  OnCallProvider,
  OnCallShift,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import { columnText } from '../drift/store/columnText';
import { inSlices } from '../drift/store/inSlices';
import { toPerson } from './OnCallPerson';

/** Rotations a provider is asked for at once. */
const REFS_PER_CALL = 500;

/** Milliseconds after which a provider counts as out of reach. */
const PATIENCE = 30_000;

/** Most people of one shift that are kept. */
const MAX_PEOPLE = 50;

interface ShiftRow {
  provider: string;
  ref: string;
  people: string;
  until: string | null;
  url: string | null;
  unknown_reason: string | null;
}

type Answer = { ref: string; shift?: OnCallShift; unknownReason?: string };

/**
 * Asks the on-call providers who is on call for the rotations of all
 * components and keeps the answers. A provider that fails makes its own
 * rotations unknown and no others.
 */
export class OnCallRefresher {
  readonly #knex: Knex;
  readonly #providers: OnCallProvider[];
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #patienceMs: number;

  constructor(options: {
    knex: Knex;
    providers: OnCallProvider[];
    logger: LoggerService;
    now?: () => Date;
    /** How long a provider may take, in milliseconds; 30 s by default. */
    patienceMs?: number;
  }) {
    this.#knex = options.knex;
    this.#providers = options.providers;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
    this.#patienceMs = options.patienceMs ?? PATIENCE;
  }

  async refresh(options: { signal: AbortSignal }): Promise<void> {
    const rotations: Array<{ provider: string; ref: string }> =
      await this.#knex('on_call_rotations')
        .whereNot('provider', 'static')
        .distinct('provider', 'ref');
    await Promise.all(
      this.#providers.map(provider =>
        this.#refreshProvider(provider, {
          refs: rotations
            .filter(rotation => rotation.provider === provider.id)
            .map(rotation => rotation.ref),
          signal: options.signal,
        }),
      ),
    );
    await this.#knex('on_call_shifts')
      .whereNotExists(
        this.#knex('on_call_rotations as r')
          .select(this.#knex.raw('1'))
          .whereRaw(
            'r.provider = on_call_shifts.provider AND r.ref = on_call_shifts.ref',
          ),
      )
      .delete();
  }

  async #refreshProvider(
    provider: OnCallProvider,
    options: { refs: string[]; signal: AbortSignal },
  ): Promise<void> {
    const answers: Answer[] = [];
    for (const refs of inSlices(options.refs, REFS_PER_CALL)) {
      answers.push(...(await this.#ask(provider, refs, options.signal)));
      if (options.signal.aborted) {
        return;
      }
    }
    await this.#store(provider.id, answers);
  }

  async #ask(
    provider: OnCallProvider,
    refs: string[],
    aborted: AbortSignal,
  ): Promise<Answer[]> {
    const now = this.#now();
    const signal = AbortSignal.any([
      aborted,
      AbortSignal.timeout(this.#patienceMs),
    ]);
    try {
      const shifts = await Promise.race([
        provider.getShifts({ refs, now, signal }),
        rejectedWhen(signal),
      ]);
      return refs.map(ref => {
        const shift = shifts.get(ref);
        return shift
          ? { ref, shift }
          : { ref, unknownReason: `${provider.id} does not know "${ref}"` };
      });
    } catch (error) {
      const unknownReason = `${
        provider.id
      } could not be asked at ${now.toISOString()}: ${messageOf(error)}`;
      if (!aborted.aborted) {
        this.#logger.warn(`On call: ${unknownReason}`);
      }
      return refs.map(ref => ({ ref, unknownReason }));
    }
  }

  async #store(provider: string, answers: Answer[]): Promise<void> {
    const people = await this.#readPeople(
      answers.flatMap(({ shift }) => shift?.people ?? []),
    );
    const stored = new Map<string, ShiftRow>(
      (await this.#knex<ShiftRow>('on_call_shifts').where({ provider })).map(
        row => [row.ref, row],
      ),
    );
    const changed = answers
      .map(answer => toRow(provider, answer, people))
      .filter(row => {
        const before = stored.get(row.ref);
        return (
          !before ||
          (Object.keys(row) as Array<keyof ShiftRow>).some(
            key => row[key] !== before[key],
          )
        );
      });
    for (const slice of inSlices(changed)) {
      await this.#knex('on_call_shifts')
        .insert(slice)
        .onConflict(['provider', 'ref'])
        .merge();
    }
  }

  /** Who the refs and e-mail addresses belong to, by lower-case text. */
  async #readPeople(named: string[]): Promise<Map<string, Person>> {
    const texts = [
      ...new Set(named.map(text => columnText(text, 300).toLowerCase())),
    ];
    const people = new Map<string, Person>();
    if (texts.length) {
      const users = this.#knex('directory_principals')
        .where('kind', 'user')
        .select('*', this.#knex.raw('lower(email) as email_key'));
      const query = this.#knex
        .from(users.as('u'))
        .where(either => {
          whereIn(either, 'ref', texts);
          either.orWhere(byEmail => whereIn(byEmail, 'email_key', texts));
        })
        .orderBy('ref', 'desc');
      for (const row of await query) {
        const person = toPerson(row.ref, row);
        people.set(row.ref, person);
        if (row.email_key) {
          people.set(row.email_key, person);
        }
      }
    }
    return people;
  }
}

function toRow(
  provider: string,
  { ref, shift, unknownReason }: Answer,
  people: ReadonlyMap<string, Person>,
): ShiftRow {
  const named = (shift?.people ?? []).slice(0, MAX_PEOPLE);
  const until = shift?.until;
  return {
    provider,
    ref,
    people: JSON.stringify(
      named.map(
        text => people.get(text.toLowerCase()) ?? toPerson(text, undefined),
      ),
    ),
    until:
      until && Number.isFinite(until.getTime()) ? until.toISOString() : null,
    url: shift?.url && /^https?:\/\//i.test(shift.url) ? shift.url : null,
    unknown_reason: unknownReason ? columnText(unknownReason, 500) : null,
  };
}

function rejectedWhen(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) {
      fail();
    } else {
      signal.addEventListener('abort', fail, { once: true });
    }
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
