import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  minuteText,
  normalizeRef,
  type Finding,
  type FindingMay,
  type FindingState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import { inParallel } from '../scan/inParallel';
import { columnText } from '../store/columnText';
import { lockFindings } from '../store/lockFindings';
import { writeHandling, type FindingHandling } from '../store/writeHandling';
import type { FindingChange } from './FindingChange';
import type { FindingNotifier } from './FindingNotifier';
import { planHandling, type PlannedHandling } from './planHandling';
import { refuse } from './refuse';
import { writtenText } from './writtenText';

/** What became of one finding of a change. */
export interface HandledFinding {
  id: string;
  outcome: 'done' | 'requested' | 'failed';
  state?: FindingState;
  error?: Error;
}

interface Planned extends PlannedHandling {
  finding: Finding;
}

const ATTEMPTS = 4;
const PAUSE_MS = 100;

/**
 * What people do with findings: acknowledge, snooze, waive, ask for waivers
 * and decide on them, hand over, comment. One or many at once, in one
 * transaction, each for itself; told of afterwards. Asks `may` for what is
 * allowed.
 */
export class FindingLifeCycle {
  readonly #knex: Knex;
  readonly #events: OwnershipEvents;
  readonly #notifier: FindingNotifier;
  readonly #maxWaiverMs: number;
  readonly #now: () => Date;

  constructor(options: {
    database: Knex;
    events: OwnershipEvents;
    notifier: FindingNotifier;
    /** How far in the future a waiver or a snooze may end. */
    maxWaiverMs: number;
    now: () => Date;
  }) {
    this.#knex = options.database;
    this.#events = options.events;
    this.#notifier = options.notifier;
    this.#maxWaiverMs = options.maxWaiverMs;
    this.#now = options.now;
  }

  /**
   * Changes findings, and tells for each how that went, in their order.
   *
   * @throws InputError for what no finding could be changed to
   */
  async change(options: {
    ids: readonly string[];
    change: FindingChange;
    /** Ref of who does it. */
    by: string;
    /** What they may do; `undefined` for what they may not even see. */
    may: (finding: Finding) => FindingMay | undefined;
  }): Promise<HandledFinding[]> {
    const { by, may } = options;
    const ids = [...new Set(options.ids.map(id => columnText(id, 500)))];
    const change = await this.#checked(options.change);
    const now = this.#now();
    for (let attempt = 1; ; attempt++) {
      const written = await this.#write({
        ids,
        now,
        waits: attempt < ATTEMPTS,
        plan: finding => {
          const allowed = may(finding);
          if (!allowed) {
            throw notFound(finding.id);
          }
          const refusal = refuse({ finding, change, may: allowed });
          if (refusal) {
            throw refusal;
          }
          const { needsApproval } = allowed;
          return planHandling({ finding, change, needsApproval, by, now });
        },
      });
      if (written) {
        const { planned, failed } = written;
        await this.#tell({ planned, change, by, at: now.toISOString() });
        return outcomes({ ids, planned, failed });
      }
      await sleep(PAUSE_MS);
    }
  }

  /**
   * Plans and writes all in one transaction. `undefined` where some are just
   * being written by others and it is worth waiting for them.
   */
  async #write(options: {
    ids: readonly string[];
    now: Date;
    waits: boolean;
    plan: (finding: Finding) => PlannedHandling;
  }): Promise<{ planned: Planned[]; failed: Map<string, Error> } | undefined> {
    const { ids, now, waits, plan } = options;
    return this.#knex.transaction(async tx => {
      const { findings, busy } = await lockFindings({ knex: tx, ids });
      if (busy.size > 0 && waits) {
        return undefined;
      }
      const failed = new Map<string, Error>();
      const planned = ids.flatMap(id => {
        try {
          const finding = findings.get(id);
          if (!finding) {
            throw busy.has(id) ? isBusy(id) : notFound(id);
          }
          return [{ finding, ...plan(finding) }];
        } catch (error) {
          failed.set(id, error as Error);
          return [];
        }
      });
      for (const handling of alike(planned)) {
        await writeHandling({ knex: tx, handling, at: now.toISOString() });
      }
      return { planned, failed };
    });
  }

  /** The change as it is written: moments in UTC, text as columns hold it, an assignee that exists. */
  async #checked(change: FindingChange): Promise<FindingChange> {
    const comment = (text: string | undefined, min = 0) =>
      writtenText({ field: 'comment', text: text ?? '', min });
    switch (change.action) {
      case 'waive':
        return {
          ...change,
          reason: writtenText({ field: 'reason', text: change.reason, min: 3 }),
          expiresAt: this.#futureMoment('expiresAt', change.expiresAt),
        };
      case 'snooze':
        return {
          ...change,
          comment: comment(change.comment),
          snoozeUntil: this.#futureMoment('snoozeUntil', change.snoozeUntil),
        };
      case 'acknowledge':
      case 'approve':
        return { ...change, comment: comment(change.comment) };
      case 'reject':
        return { ...change, comment: comment(change.comment, 3) };
      case 'comment':
        return {
          ...change,
          text: writtenText({ field: 'text', text: change.text, min: 1 }),
        };
      case 'reassign':
        return {
          ...change,
          comment: comment(change.comment),
          assignee: await this.#principal(change.assignee),
        };
      default:
        return change;
    }
  }

  async #principal(written: string | undefined): Promise<string | undefined> {
    if (written === undefined) {
      return undefined;
    }
    const ref = normalizeRef(written, { kind: 'group' });
    const known =
      ref &&
      columnText(ref, 300) === ref &&
      (await this.#knex('directory_principals').where({ ref }).first('ref'));
    if (!known) {
      throw new InputError(
        `assignee: "${written.slice(
          0,
          300,
        )}" is no group or user that the last scan saw; expected a ref such as group:default/payments or user:default/ann`,
      );
    }
    return ref;
  }

  #futureMoment(field: string, text: string): string {
    const now = this.#now().getTime();
    const moment = new Date(text).getTime();
    const latest = now + this.#maxWaiverMs;
    if (!(moment > now && moment <= latest)) {
      throw new InputError(
        `${field}: ${text} must be after ${minuteText(
          new Date(now),
        )} and not after ${minuteText(
          new Date(latest),
        )} (ownership.drift.waivers.maxDuration)`,
      );
    }
    return new Date(moment).toISOString();
  }

  async #tell(options: {
    planned: Planned[];
    change: FindingChange;
    by: string;
    at: string;
  }): Promise<void> {
    const { planned, change, by, at } = options;
    await inParallel(planned, 10, async ({ finding, events, handling }) => {
      for (const transition of events) {
        await this.#events.publish({
          type: `finding.${transition}`,
          at,
          findingId: finding.id,
          ruleId: finding.ruleId,
          entityRef: finding.entityRef,
          ownerRefs: finding.ownerRefs,
          severity: finding.severity,
          previousState: finding.state,
          by,
          reason:
            transition === 'commented' ? undefined : handling.event.detail,
        });
      }
    });
    await this.#notifier.notify({
      findings: planned.map(({ finding }) => finding),
      requested: planned.filter(({ waits }) => waits).map(p => p.finding),
      change,
      by,
    });
  }
}

/** What is the same for many is written for all of them together. */
function alike(planned: Planned[]): FindingHandling[] {
  const groups = new Map<string, FindingHandling>();
  for (const { finding, handling } of planned) {
    const key = JSON.stringify(handling);
    const group = groups.get(key) ?? { ...handling, ids: [] };
    group.ids.push(finding.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function outcomes(options: {
  ids: readonly string[];
  planned: Planned[];
  failed: ReadonlyMap<string, Error>;
}): HandledFinding[] {
  const { ids, planned, failed } = options;
  const done = new Map(planned.map(plan => [plan.finding.id, plan]));
  return ids.map(id => {
    const plan = done.get(id);
    return plan
      ? {
          id,
          outcome: plan.waits ? 'requested' : 'done',
          state: plan.handling.set?.state ?? plan.finding.state,
        }
      : { id, outcome: 'failed', error: failed.get(id) };
  });
}

function notFound(id: string): Error {
  return new NotFoundError(`There is no finding ${id}`);
}

function isBusy(id: string): Error {
  return new ConflictError(
    `A scan is just writing the finding ${id}; try again in a moment`,
  );
}
