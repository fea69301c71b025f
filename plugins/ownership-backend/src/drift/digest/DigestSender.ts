import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Severity } from '@service-ownership/backstage-plugin-ownership-common';
import { inParallel } from '../scan/inParallel';
import type { ScanCounts } from '../scan/ScanFence';
import type { Digest, DigestMessage } from './Digest';

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
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;

  constructor(options: {
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    logger: LoggerService;
    platformTeam?: string;
  }) {
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
  }

  /** New and reopened findings, to each team its own. */
  async sendDigests(options: {
    digest: Digest;
    scanId: string;
  }): Promise<void> {
    const { digest, scanId } = options;
    await this.#send(
      digest.messages().map(message => ({
        recipient: message.recipient,
        title: titleOf(message),
        description: descriptionOf(message),
        link: `/ownership/drift?team=${encodeURIComponent(message.recipient)}`,
        severity: URGENCY[message.worst],
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

function titleOf({ opened, reopened }: DigestMessage): string {
  const parts = [
    opened > 0 ? `${count(opened, 'new finding')}` : '',
    reopened > 0 ? `${reopened} reopened` : '',
  ];
  return `Ownership: ${parts.filter(Boolean).join(', ')}`;
}

function descriptionOf(message: DigestMessage): string {
  const lines = message.examples.map(
    ({ entityTitle, message: text }) => `${entityTitle}: ${text}`,
  );
  const more = message.opened + message.reopened - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
