import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Severity } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inParallel } from '../scan/inParallel';
import type { ScanCounts } from '../scan/ScanFence';
import { forgetNews, readNews, type News } from '../store/scanNews';
import type { Digest, DigestMessage, DueEntry } from './Digest';
import type { DigestNotification } from './DigestNotification';
import type { DigestSchedule } from './DigestSchedule';

const TOPIC = 'ownership';
const URGENCY: Record<Severity, 'high' | 'normal' | 'low'> = {
  critical: 'high',
  high: 'high',
  medium: 'normal',
  low: 'low',
};

// Who hears of it a week late is not helped by it.
const GIVE_UP_MS = 7 * 86_400_000;

/** What is to be sent, and how to take note of it. */
export interface PreparedNotifications {
  notifications: DigestNotification[];
  /** To be called in the transaction that keeps the notifications. */
  keep(tx: Knex): Promise<void>;
}

/** Nobody is told of anything. */
export const NOTHING_TO_TELL: PreparedNotifications = {
  notifications: [],
  keep: async () => {},
};

/**
 * Tells people about a scan through Backstage Notifications: one message for
 * each team and scan.
 *
 * Law (at least once, and visible once): a notification is kept in the
 * transaction that ends the scan, and forgotten after it was sent, so that
 * whatever is left is sent by a later scan. Its scope stays the same, by which
 * the notifications plugin updates in place what it has already.
 */
export class DigestSender {
  readonly #notifications: NotificationService | undefined;
  readonly #schedule: Pick<DigestSchedule, 'plan' | 'keep'>;
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;

  constructor(options: {
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    /** Which digests go out now. */
    schedule: Pick<DigestSchedule, 'plan' | 'keep'>;
    logger: LoggerService;
    platformTeam?: string;
  }) {
    this.#notifications = options.notifications;
    this.#schedule = options.schedule;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
  }

  /** New and reopened findings, and what is due soon, to each team its own. */
  async prepareDigests(options: {
    digest: Digest;
    scanId: string;
  }): Promise<PreparedNotifications> {
    const { digest, scanId } = options;
    if (!this.#notifications) {
      return NOTHING_TO_TELL;
    }
    const { send, rows } = await this.#schedule.plan(digest.messages());
    return {
      notifications: send.map(message => ({
        recipient: message.recipient,
        title: titleOf(message),
        description: descriptionOf(message),
        link: linkOf(message),
        severity: message.worst ? URGENCY[message.worst] : 'low',
        scope: `ownership:digest:${scanId}:${message.recipient}`,
      })),
      keep: tx => this.#schedule.keep(tx, rows),
    };
  }

  /** After the first scan of all: everything is new, and nobody is paged for it. */
  prepareFirstSummary(options: {
    counts: ScanCounts;
    scanId: string;
  }): PreparedNotifications {
    const { counts, scanId } = options;
    const open = counts.opened + counts.reopened + counts.unchanged;
    return this.#toPlatformTeam({
      title: 'The first ownership scan is complete',
      description: `${count(counts.processed, 'component')} looked at, ${count(
        open,
        'finding',
      )} open. From now on owners are told of what is new.`,
      severity: 'normal',
      scope: `ownership:first:${scanId}`,
    });
  }

  prepareSuspension(options: {
    reason: string;
    scanId: string;
  }): PreparedNotifications {
    return this.#toPlatformTeam({
      title: 'Ownership scans are suspended',
      description: options.reason,
      severity: 'high',
      scope: `ownership:suspended:${options.scanId}`,
    });
  }

  /**
   * Sends what was kept, and forgets what was sent. What cannot be sent is
   * logged once and left for the next scan.
   */
  async send(options: {
    knex: Knex;
    news: Array<News<'message'>>;
  }): Promise<void> {
    const { knex, news } = options;
    const notifications = this.#notifications;
    const errors: string[] = [];
    await inParallel(news, 5, async ({ id, body }) => {
      const { recipient, ...payload } = body;
      try {
        await notifications?.send({
          recipients: { type: 'entity', entityRef: recipient },
          payload: { ...payload, topic: TOPIC },
        });
        await forgetNews({ knex, ids: [id] });
      } catch (error) {
        errors.push(String(error));
      }
    });
    if (errors.length > 0) {
      this.#logger.warn(
        `${errors.length} of ${news.length} ownership notifications could not be sent and are left for the next scan: ${errors[0]}`,
      );
    }
  }

  /** Sends what an earlier scan left behind. */
  async sendLeftovers(options: {
    knex: Knex;
    now: Date;
    /** ISO 8601: what was kept later may just be on its way. */
    before: string;
  }): Promise<void> {
    const { knex, now, before } = options;
    const left = await readNews({ knex, kind: 'message', before });
    const late = new Date(now.getTime() - GIVE_UP_MS).toISOString();
    const givenUp = left.filter(({ at }) => at < late);
    if (givenUp.length > 0) {
      this.#logger.warn(
        `${givenUp.length} ownership notifications could not be sent for a week and are given up`,
      );
      await forgetNews({ knex, ids: givenUp.map(({ id }) => id) });
    }
    await this.send({ knex, news: left.filter(({ at }) => at >= late) });
  }

  #toPlatformTeam(
    message: Omit<DigestNotification, 'recipient' | 'link'>,
  ): PreparedNotifications {
    return this.#platformTeam && this.#notifications
      ? {
          ...NOTHING_TO_TELL,
          notifications: [
            {
              ...message,
              recipient: this.#platformTeam,
              link: '/ownership/drift',
            },
          ],
        }
      : NOTHING_TO_TELL;
  }
}

/**
 * Where all of it is seen: what nobody answers for, or perhaps nobody, is not
 * found by the team that is told of it.
 */
function linkOf(message: DigestMessage): string {
  const { recipient, opened, reopened, ofOthers = 0, due } = message;
  if (ofOthers === 0) {
    return `/ownership/drift?team=${encodeURIComponent(recipient)}`;
  }
  return ofOthers === opened + reopened && due === 0
    ? '/ownership/drift?state=orphaned&state=unknown'
    : '/ownership/drift';
}

function titleOf({ opened, reopened, due }: DigestMessage): string {
  const parts = [
    opened > 0 ? `${count(opened, 'new finding')}` : '',
    reopened > 0 ? `${reopened} reopened` : '',
    due > 0 ? `${due} due soon` : '',
  ];
  return `Ownership: ${parts.filter(Boolean).join(', ')}`;
}

function descriptionOf(message: DigestMessage): string {
  const lines = message.examples.map(
    ({ entityTitle, message: text }) => `${entityTitle}: ${text}`,
  );
  const more = message.opened + message.reopened - lines.length;
  const moreDue = message.due - message.dueExamples.length;
  return [
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...message.dueExamples.map(dueWords),
    ...(moreDue > 0 ? [`and ${moreDue} more due soon`] : []),
  ].join('\n');
}

function dueWords({ kind, entityTitle, message, at }: DueEntry): string {
  const day = at.slice(0, 10);
  return kind === 'waiver'
    ? `${entityTitle}: a waiver ends on ${day} (${message})`
    : `${entityTitle}: the contract review is due on ${day}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
