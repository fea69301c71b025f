import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Handover } from '@service-ownership/backstage-plugin-ownership-common';

type Told = Pick<
  Handover,
  'id' | 'state' | 'to' | 'from' | 'reason' | 'dueAt' | 'components'
>;

/**
 * Tells teams of a handover: the receiving team of the proposal, the giving
 * team of the answer and the end. One message for each, which is replaced in
 * place. What cannot be sent is logged and changes nothing else.
 */
export class HandoverNotifier {
  readonly #notifications: NotificationService | undefined;
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;

  constructor(options: {
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    logger: LoggerService;
    /** Is told where nobody gave. */
    platformTeam?: string;
  }) {
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
  }

  async notify(options: {
    handover: Told;
    /** Ref of who did it; absent where a scan did. */
    by?: string;
    comment?: string;
  }): Promise<void> {
    const { handover, by, comment } = options;
    const what = wordsOf(handover);
    const from = handover.from.map(({ title }) => title).join(' and ');
    const to = handover.to.title;
    switch (handover.state) {
      case 'proposed':
        await this.#send('to', handover, by, {
          title: `${from || 'Somebody'} would hand ${what} over to ${to}`,
          description: `${handover.reason}\nDue ${handover.dueAt.slice(
            0,
            10,
          )}. Accept or decline.`,
        });
        break;
      case 'cancelled':
        await this.#send('to', handover, by, {
          title: `The handover of ${what} to ${to} was cancelled`,
          description: comment,
        });
        break;
      case 'accepted':
      case 'ready':
        await this.#send('from', handover, by, {
          title: `${to} accepted ${what}`,
          description: [comment, 'You answer for it until it is complete.']
            .filter(Boolean)
            .join('\n'),
        });
        break;
      case 'declined':
        await this.#send('from', handover, by, {
          title: `${to} declined ${what}`,
          description: comment,
        });
        break;
      default:
        await this.#send('from', handover, by, {
          title: `${to} answers for ${what} now`,
          description: comment,
        });
    }
  }

  async #send(
    side: 'from' | 'to',
    handover: Told,
    by: string | undefined,
    message: { title: string; description?: string },
  ): Promise<void> {
    const teams = side === 'to' ? [handover.to] : handover.from;
    const people = teams.map(({ ref }) => ref);
    const recipients = (
      people.length > 0 ? people : [this.#platformTeam ?? '']
    ).filter(ref => /^(user|group):/.test(ref));
    if (!this.#notifications || recipients.length === 0) {
      return;
    }
    try {
      await this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: recipients,
          ...(by?.startsWith('user:') && { excludeEntityRef: by }),
        },
        payload: {
          ...message,
          link: `/ownership/handovers/${handover.id}`,
          severity: 'normal',
          topic: 'ownership',
          scope: `ownership:handover:${handover.id}:${side}`,
        },
      });
    } catch (error) {
      this.#logger.warn(
        `${recipients.join(', ')} could not be told of the handover ${
          handover.id
        }: ${error}`,
      );
    }
  }
}

function wordsOf({ components }: Told): string {
  const [first] = components;
  return components.length === 1
    ? first.title ?? first.entityRef.slice(first.entityRef.indexOf('/') + 1)
    : `${components.length} components`;
}
