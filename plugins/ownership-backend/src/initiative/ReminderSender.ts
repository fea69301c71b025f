import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  reminderStage,
  type ReminderStage,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { inParallel } from '../drift/scan/inParallel';
import { readRuleSets } from '../drift/store/readRuleSets';
import type { GoalReader } from './GoalReader';
import { claimReminder, settleReminder } from './store/claimReminder';
import type { InitiativeRow } from './store/InitiativeRow';
import { readReminderTargets } from './store/readReminderTargets';
import { goalOf, toCountedScope } from './toCountedScope';

const OPENINGS: Record<ReminderStage, string> = {
  start: 'It has begun',
  'two-weeks': 'Due in two weeks',
  'one-week': 'Due in a week',
  overdue: 'Overdue',
};

/**
 * Reminds teams of the components that still miss a goal, through Backstage
 * Notifications: once for each team and stage over all replicas and restarts.
 * A later stage takes the place of the message before it.
 */
export class ReminderSender {
  readonly #knex: Knex;
  readonly #goals: GoalReader;
  readonly #notifications: NotificationService | undefined;
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    goals: GoalReader;
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    logger: LoggerService;
    platformTeam?: string;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#goals = options.goals;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
    this.#now = options.now;
  }

  /** Sends what is due now. What cannot be sent is tried again next time. */
  async send(): Promise<void> {
    const notifications = this.#notifications;
    if (!notifications) {
      return;
    }
    const now = this.#now();
    const rows = await this.#knex<InitiativeRow>('initiatives').where(
      'state',
      'active',
    );
    const ruleSets = await readRuleSets(this.#knex);
    for (const row of rows) {
      const stage = reminderStage({
        startsAt: row.starts_at,
        dueAt: row.due_at,
        now,
      });
      const goal = this.#goals.read(goalOf(row));
      if (!stage || goal.problems.length > 0) {
        continue;
      }
      const targets = await readReminderTargets(this.#knex, {
        scope: toCountedScope(row, goal),
        ruleSets,
        now: now.toISOString(),
      });
      await inParallel(
        this.#recipients(targets, row.owner_ref),
        5,
        ([recipient, missing]) =>
          this.#remind({
            notifications,
            row,
            stage,
            goalTitle: goal.title,
            recipient,
            missing,
          }),
      );
    }
  }

  async #remind(options: {
    notifications: NotificationService;
    row: InitiativeRow;
    stage: ReminderStage;
    goalTitle: string;
    recipient: string;
    missing: number;
  }): Promise<void> {
    const { notifications, row, stage, goalTitle, recipient, missing } =
      options;
    const reminder = { initiativeId: row.id, stage, recipient };
    const now = this.#now();
    if (!(await claimReminder(this.#knex, { ...reminder, now }))) {
      return;
    }
    const due = DateTime.fromISO(row.due_at, { zone: 'utc' }).toLocaleString(
      DateTime.DATE_FULL,
      { locale: 'en-GB' },
    );
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: recipient },
        payload: {
          title: `${OPENINGS[stage]}: ${row.title}`,
          description: `${describe(missing)}: ${goalTitle}. Due ${due}.`,
          link: `/ownership/initiatives/${row.id}?state=missing${
            missing > 0 ? `&team=${encodeURIComponent(recipient)}` : ''
          }`,
          severity:
            stage === 'overdue' || stage === 'one-week' ? 'high' : 'normal',
          topic: 'ownership',
          scope: `ownership:initiative:${row.id}:${recipient}`,
        },
      });
      await settleReminder(this.#knex, { ...reminder, sentAt: now });
    } catch (error) {
      await settleReminder(this.#knex, { ...reminder, sentAt: undefined });
      this.#logger.warn(
        `${recipient} could not be reminded of the initiative "${row.title}": ${error}`,
      );
    }
  }

  /**
   * How many components each recipient is told of. Without a platform team the
   * driver looks after those that have no living owner, and is reminded of
   * them whether there are any or not: a number of what a driver may not see
   * would tell what it holds.
   */
  #recipients(
    targets: Array<{ ownerRef?: string; missing: number }>,
    driver: string,
  ): Array<[recipient: string, missing: number]> {
    const recipients = new Map<string, number>();
    if (!this.#platformTeam) {
      recipients.set(driver, 0);
    }
    for (const { ownerRef = this.#platformTeam, missing } of targets) {
      if (ownerRef) {
        recipients.set(ownerRef, (recipients.get(ownerRef) ?? 0) + missing);
      }
    }
    return [...recipients];
  }
}

function describe(missing: number): string {
  switch (missing) {
    case 0:
      return 'You drive it: look after the components without an owner. The goal';
    case 1:
      return '1 component you answer for does not meet the goal yet';
    default:
      return `${missing} components you answer for do not meet the goal yet`;
  }
}
