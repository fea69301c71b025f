import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Severity } from '@service-ownership/backstage-plugin-ownership-common';
import { inParallel } from '../scan/inParallel';
import type { ScanCounts } from '../scan/ScanFence';
import type { Digest, DigestMessage, DueEntry } from './Digest';
import type { DigestSchedule } from './DigestSchedule';

const TOPIC = 'ownership';
const URGENCY: Record<Severity, 'high' | 'normal' | 'low'> = {
  critical: 'high',
  high: 'high',
  medium: 'normal',
  low: 'low',
};

/**
 * Tells people about a scan through Backstage Notifications: one message for
 * each team and scan. What cannot be sent is logged once and changes nothing
 * else.
 */
export class DigestSender {
  readonly #notifications: NotificationService | undefined;
  readonly #schedule: Pick<DigestSchedule, 'due'>;
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;

  constructor(options: {
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    /** Which digests go out now. */
    schedule: Pick<DigestSchedule, 'due'>;
    logger: LoggerService;
    platformTeam?: string;
  }) {
    this.#notifications = options.notifications;
    this.#schedule = options.schedule;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
  }

  /** New and reopened findings, and what is due soon, to each team its own. */
  async sendDigests(options: {
    digest: Digest;
    scanId: string;
  }): Promise<void> {
    const { digest, scanId } = options;
    if (!this.#notifications) {
      return;
    }
    const messages = await this.#schedule.due(digest.messages());
    await this.#send(
      messages.map(message => ({
        recipient: message.recipient,
        title: titleOf(message),
        description: descriptionOf(message),
        link: `/ownership/drift?team=${encodeURIComponent(message.recipient)}`,
        severity: message.worst ? URGENCY[message.worst] : 'low',
        scope: `ownership:digest:${scanId}:${message.recipient}`,
      })),
    );
  }

  /** After the first scan of all: everything is new, and nobody is paged for it. */
  async sendFirstSummary(options: {
    counts: ScanCounts;
    scanId: string;
  }): Promise<void> {
    const { counts, scanId } = options;
    await this.#toPlatformTeam({
      title: 'The first ownership scan is complete',
      description: `${count(counts.processed, 'component')} looked at, ${count(
        counts.opened,
        'finding',
      )} open. From now on owners are told of what is new.`,
      severity: 'normal',
      scope: `ownership:first:${scanId}`,
    });
  }

  async sendSuspension(options: {
    reason: string;
    scanId: string;
  }): Promise<void> {
    await this.#toPlatformTeam({
      title: 'Ownership scans are suspended',
      description: options.reason,
      severity: 'high',
      scope: `ownership:suspended:${options.scanId}`,
    });
  }

  async #toPlatformTeam(message: Omit<Message, 'recipient' | 'link'>) {
    if (this.#platformTeam) {
      await this.#send([
        { ...message, recipient: this.#platformTeam, link: '/ownership/drift' },
      ]);
    }
  }

  async #send(messages: Message[]): Promise<void> {
    const notifications = this.#notifications;
    if (!notifications) {
      return;
    }
    const errors: string[] = [];
    await inParallel(messages, 5, async ({ recipient, ...payload }) => {
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: recipient },
          payload: { ...payload, topic: TOPIC },
        });
      } catch (error) {
        errors.push(String(error));
      }
    });
    if (errors.length > 0) {
      this.#logger.warn(
        `${errors.length} of ${messages.length} ownership notifications could not be sent: ${errors[0]}`,
      );
    }
  }
}

interface Message {
  recipient: string;
  title: string;
  description: string;
  link: string;
  severity: 'high' | 'normal' | 'low';
  scope: string;
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
