import { randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  readScopePredicate,
  type InitiativeChange,
  type InitiativeExemptionRequest,
  type InitiativeGoal,
  type InitiativeRequest,
  type InitiativeScope,
  type InitiativeState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { refText } from '../api/whereOwnedBy';
import { columnText } from '../drift/store/columnText';
import type { BurnUpKeeper } from './BurnUpKeeper';
import type { GoalReader } from './GoalReader';
import type { InitiativeScopes } from './InitiativeScopes';
import type { InitiativeRow } from './store/InitiativeRow';
import { writeMembers } from './store/writeMembers';

const MAX_EXEMPTION_MS = 2 * 366 * 86_400_000;

/** What an initiative may become. Once it began it is never a draft again. */
const NEXT: Record<InitiativeState, readonly InitiativeState[]> = {
  draft: ['draft', 'active', 'cancelled'],
  active: ['active', 'done', 'cancelled'],
  done: ['done', 'active'],
  cancelled: ['cancelled', 'active'],
};

const TABLES = [
  'initiative_reminders',
  'initiative_history',
  'initiative_exemptions',
  'initiative_members',
];

/** For whose eyes something is there, and what was said before: that stays. */
interface Against {
  credentials: BackstageCredentials;
  before?: InitiativeRow;
}

/**
 * Starts, changes and ends initiatives. Everything is checked before anything
 * is written; an error names the field and what is accepted.
 */
export class InitiativeEditor {
  readonly #knex: Knex;
  readonly #goals: GoalReader;
  readonly #scopes: InitiativeScopes;
  readonly #burnUps: BurnUpKeeper;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    goals: GoalReader;
    scopes: InitiativeScopes;
    burnUps: BurnUpKeeper;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#goals = options.goals;
    this.#scopes = options.scopes;
    this.#burnUps = options.burnUps;
    this.#now = options.now;
  }

  /** @returns the id of the new initiative */
  async create(
    request: InitiativeRequest,
    by: { caller: string; credentials: BackstageCredentials },
  ): Promise<string> {
    const { caller, credentials } = by;
    const at = this.#now().toISOString();
    const scope = await this.#readScope(request.scope ?? {}, { credentials });
    this.#checkGoal(request.goal);
    const row: InitiativeRow = {
      id: randomUUID(),
      title: columnText(request.title, 200),
      description: request.description
        ? columnText(request.description, 5000)
        : null,
      goal: JSON.stringify(request.goal),
      predicate: scope.predicate,
      team: scope.team,
      owner_ref: await this.#readOwner(request.ownerRef, { credentials }),
      ...readDates(request),
      state: request.state ?? 'draft',
      created_at: at,
      created_by: columnText(caller, 300),
      updated_at: at,
    };
    await this.#knex.transaction(async tx => {
      await tx('initiatives').insert(row);
      await writeMembers({ knex: tx, initiativeId: row.id, refs: scope.refs });
    });
    await this.#burnUps.storeToday([row]);
    return row.id;
  }

  /** @param by - `seesAll`: whether they may see every component */
  async change(
    id: string,
    change: InitiativeChange,
    by: { credentials: BackstageCredentials; seesAll: boolean },
  ): Promise<void> {
    const { credentials, seesAll } = by;
    const before = await this.#row(id);
    const state = change.state ?? before.state;
    if (!NEXT[before.state].includes(state)) {
      throw new InputError(
        `state: an initiative that is ${
          before.state
        } cannot become ${state}; accepted are ${NEXT[before.state].join(
          ', ',
        )}`,
      );
    }
    if (change.goal) {
      this.#checkGoal(change.goal);
    }
    const scope =
      change.scope &&
      (await this.#readScope(change.scope, { credentials, before }));
    // A team all of which they may see would show them the days that were
    // counted of another one.
    if (
      scope &&
      scope.team !== before.team &&
      before.state !== 'draft' &&
      !seesAll
    ) {
      throw new NotAllowedError(
        'scope.team: it stays as it is once the initiative began, unless you may see every component, for its burn-up is of that team. Cancel it and start another one.',
      );
    }
    const row: InitiativeRow = {
      ...before,
      state,
      ...(change.title !== undefined && {
        title: columnText(change.title, 200),
      }),
      ...(change.description !== undefined && {
        description: columnText(change.description, 5000) || null,
      }),
      ...(change.goal && { goal: JSON.stringify(change.goal) }),
      ...(scope && { predicate: scope.predicate, team: scope.team }),
      ...(change.ownerRef !== undefined && {
        owner_ref: await this.#readOwner(change.ownerRef, {
          credentials,
          before,
        }),
      }),
      ...readDates({
        startsAt: change.startsAt ?? before.starts_at,
        dueAt: change.dueAt ?? before.due_at,
      }),
      updated_at: this.#now().toISOString(),
    };
    const { id: _, ...columns } = row;
    await this.#knex.transaction(async tx => {
      const written = await tx('initiatives')
        .where({ id, updated_at: before.updated_at })
        .update(columns);
      if (written === 0) {
        throw new ConflictError(
          'Somebody else changed the initiative meanwhile: look at it again and repeat your change',
        );
      }
      if (scope) {
        await writeMembers({ knex: tx, initiativeId: id, refs: scope.refs });
      }
      if (change.dueAt !== undefined && row.due_at !== before.due_at) {
        // What was said of the old date says nothing of the new one.
        await tx('initiative_reminders')
          .where('initiative_id', id)
          .whereNot('stage', 'start')
          .delete();
      }
    });
    await this.#burnUps.storeToday([row]);
  }

  /** @throws ConflictError for anything but a draft: what happened is kept */
  async remove(id: string): Promise<void> {
    const { state } = await this.#row(id);
    const removed =
      state === 'draft' &&
      (await this.#knex.transaction(async tx => {
        for (const table of TABLES) {
          await tx(table).where('initiative_id', id).delete();
        }
        return tx('initiatives').where({ id, state: 'draft' }).delete();
      }));
    if (!removed) {
      throw new ConflictError(
        `Only a draft can be deleted, this initiative is ${state}. Cancel it instead: its history stays.`,
      );
    }
  }

  /** @throws InputError for an end that is past or too far, or a component that is not known */
  async exempt(
    id: string,
    request: InitiativeExemptionRequest,
    caller: string,
  ): Promise<void> {
    await this.#row(id);
    const now = this.#now();
    const expiresAt = new Date(request.expiresAt);
    if (
      expiresAt <= now ||
      expiresAt.getTime() > now.getTime() + MAX_EXEMPTION_MS
    ) {
      throw new InputError(
        `expiresAt: expected a moment in the next two years, got ${request.expiresAt}`,
      );
    }
    const entityRef = refText(request.entityRef);
    const known = await this.#knex('components')
      .where('entity_ref', entityRef)
      .first('entity_ref');
    if (!known) {
      throw new InputError(
        `entityRef: the last scan has not seen ${entityRef}; expected a component in scope`,
      );
    }
    const row = {
      initiative_id: id,
      entity_ref: entityRef,
      reason: columnText(request.reason, 2000),
      expires_at: expiresAt.toISOString(),
      created_by: columnText(caller, 300),
      created_at: now.toISOString(),
    };
    await this.#knex('initiative_exemptions')
      .insert(row)
      .onConflict(['initiative_id', 'entity_ref'])
      .merge();
  }

  /** @throws NotFoundError where the component is not excused */
  async withdrawExemption(id: string, entityRef: string): Promise<void> {
    const removed = await this.#knex('initiative_exemptions')
      .where({ initiative_id: id, entity_ref: refText(entityRef) })
      .delete();
    if (removed === 0) {
      throw new NotFoundError(`${entityRef} is not excused`);
    }
  }

  #checkGoal(goal: InitiativeGoal): void {
    const { problems } = this.#goals.read(goal);
    if (problems.length > 0) {
      throw new InputError(`goal: ${problems.join('; ')}`);
    }
  }

  async #readOwner(ownerRef: string, against: Against): Promise<string> {
    const { credentials, before } = against;
    const ref = refText(ownerRef);
    const kinds = ['group', 'user'];
    if (
      ref !== before?.owner_ref &&
      !(await this.#scopes.exists(ref, { kinds, credentials }))
    ) {
      throw new InputError(
        `ownerRef: unknown owner ${ref}; expected a group or user of the catalog such as group:default/platform`,
      );
    }
    return ref;
  }

  async #readScope(scope: InitiativeScope, against: Against) {
    const { credentials, before } = against;
    const team = scope.team === undefined ? null : refText(scope.team);
    const kinds = ['group'];
    if (
      team &&
      team !== before?.team &&
      !(await this.#scopes.exists(team, { kinds, credentials }))
    ) {
      throw new InputError(
        `scope.team: unknown team ${team}; expected a group of the catalog such as group:default/platform`,
      );
    }
    if (scope.predicate === undefined || scope.predicate === null) {
      return { predicate: null, team, refs: undefined };
    }
    const predicate = readScopePredicate(scope.predicate);
    return {
      predicate: columnText(JSON.stringify(predicate), 20_000),
      team,
      refs: await this.#scopes.matching(predicate),
    };
  }

  async #row(id: string): Promise<InitiativeRow> {
    const row = await this.#knex<InitiativeRow>('initiatives')
      .where('id', id.slice(0, 36).replaceAll('\0', ''))
      .first();
    if (!row) {
      throw new NotFoundError(`There is no initiative "${id}"`);
    }
    return row;
  }
}

function readDates(dates: { startsAt: string; dueAt: string }) {
  const [startsAt, dueAt] = [new Date(dates.startsAt), new Date(dates.dueAt)];
  if (dueAt <= startsAt) {
    throw new InputError(
      `dueAt: expected a moment after startsAt (${startsAt.toISOString()}), got ${dueAt.toISOString()}`,
    );
  }
  return { starts_at: startsAt.toISOString(), due_at: dueAt.toISOString() };
}
