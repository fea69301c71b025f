import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  plainText,
  type Finding,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { inParallel } from '../scan/inParallel';
import type { FindingChange } from './FindingChange';
import type { WaiverPolicy } from './WaiverPolicy';

const TOPIC = 'ownership';

interface Message {
  recipients: string[];
  title: string;
  description: string;
  link: string;
  scope: string;
}

/**
 * Tells people what others do with findings and what they have to know of:
 * approvers of a request, who asked of the answer, who it was handed to. One
 * message each, which replaces the one before it about the same. What cannot
 * be sent is logged and changes nothing else.
 */
export class FindingNotifier {
  readonly #knex: Knex;
  readonly #notifications: NotificationService | undefined;
  readonly #logger: LoggerService;
  readonly #policy: WaiverPolicy;

  constructor(options: {
    database: Knex;
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    logger: LoggerService;
    policy: WaiverPolicy;
  }) {
    this.#knex = options.database;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
    this.#policy = options.policy;
  }

  async notify(options: {
    /** All that were changed, as they were before. */
    findings: Finding[];
    /** Those whose waiver waits for approval now. */
    requested: Finding[];
    change: FindingChange;
    /** Ref of who did it. */
    by: string;
  }): Promise<void> {
    const { findings, requested, change, by } = options;
    if (!this.#notifications || findings.length === 0) {
      return;
    }
    try {
      const messages = await this.#messages({
        findings,
        requested,
        change,
        by,
      });
      await inParallel(messages, 5, message => this.#send(message, by));
    } catch (error) {
      this.#logger.warn(
        `People could not be told of a change of findings: ${error}`,
      );
    }
  }

  async #messages(options: {
    findings: Finding[];
    requested: Finding[];
    change: FindingChange;
    by: string;
  }): Promise<Message[]> {
    const { findings, requested, change, by } = options;
    const who = await this.#nameOf(by);
    switch (change.action) {
      case 'waive': {
        const byApprovers = new Map<string, Finding[]>();
        for (const finding of requested) {
          const key = (this.#policy.approvers(finding.severity) ?? []).join();
          byApprovers.set(key, [...(byApprovers.get(key) ?? []), finding]);
        }
        return [...byApprovers].map(([approvers, of]) => ({
          recipients: approvers.split(',').filter(Boolean),
          title: `${who} asks for ${
            of.length === 1 ? 'a waiver' : `${of.length} waivers`
          }`,
          description: `${wordsOf(of)}\nReason: ${
            change.reason
          }\nUntil ${change.expiresAt.slice(0, 10)}`,
          link: linkTo(of, '?waiver=requested'),
          scope: scopeOf('waiver-request', of, by),
        }));
      }
      case 'approve':
      case 'reject': {
        const approved = change.action === 'approve';
        return findings.map(finding => ({
          recipients: [finding.waiverRequest!.requestedBy],
          title: `${who} ${
            approved ? 'approved' : 'rejected'
          } the waiver you asked for`,
          description: [wordsOf([finding]), change.comment]
            .filter(Boolean)
            .join('\n'),
          link: linkTo([finding], ''),
          scope: scopeOf('waiver-answer', [finding], by),
        }));
      }
      case 'reassign':
        return change.assignee
          ? [
              {
                recipients: [change.assignee],
                title: `${who} handed ${
                  findings.length === 1
                    ? 'a finding'
                    : `${findings.length} findings`
                } to you`,
                description: [wordsOf(findings), change.comment]
                  .filter(Boolean)
                  .join('\n'),
                link: linkTo(
                  findings,
                  `?assignee=${encodeURIComponent(change.assignee)}`,
                ),
                scope: scopeOf('assignment', findings, by),
              },
            ]
          : [];
      default:
        return [];
    }
  }

  async #send(message: Message, by: string): Promise<void> {
    const { recipients, ...payload } = message;
    // A service that asked has no one to tell.
    const people = recipients.filter(ref => /^(user|group):/.test(ref));
    if (people.length === 0) {
      return;
    }
    try {
      await this.#notifications!.send({
        recipients: {
          type: 'entity',
          entityRef: people,
          excludeEntityRef: by,
        },
        payload: { ...payload, topic: TOPIC, severity: 'normal' },
      });
    } catch (error) {
      this.#logger.warn(
        `An ownership notification could not be sent: ${error}`,
      );
    }
  }

  async #nameOf(ref: string): Promise<string> {
    const query = this.#knex('directory_principals').select('title');
    whereIn(query, 'ref', [ref]);
    const [row] = await query;
    return plainText(row?.title) || ref.slice(ref.indexOf('/') + 1);
  }
}

function wordsOf(findings: Finding[]): string {
  const shown = findings
    .slice(0, 5)
    .map(
      ({ entityRef, message }) =>
        `${entityRef.slice(entityRef.indexOf('/') + 1)}: ${message}`,
    );
  const more = findings.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function linkTo(findings: Finding[], many: string): string {
  return findings.length === 1
    ? `/ownership/drift?finding=${encodeURIComponent(findings[0].id)}`
    : `/ownership/drift${many}`;
}

/** Short, whatever the ids are: the notifications plugin keeps 255 characters. */
function scopeOf(about: string, findings: Finding[], by: string): string {
  const what = findings.length === 1 ? findings[0].id : `many by ${by}`;
  const hash = createHash('sha256').update(what).digest('hex').slice(0, 32);
  return `ownership:${about}:${hash}`;
}
