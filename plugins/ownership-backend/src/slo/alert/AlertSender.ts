import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  alertRunbook,
  describeAlert,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inParallel } from '../../drift/scan/inParallel';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import { claimChanges } from './store/claimChanges';
import type { UnsentChange } from './store/claimChanges';
import { markChange } from './store/markChange';
import { readAlertComponent } from './store/readAlertComponent';
import { readAudience } from './store/readAudience';
import { within } from './within';

const BATCH = 10;
const AT_ONCE = 5;
/** How long an event bus or the notifications backend may take. */
const TIMEOUT_MS = 15_000;
/** Longer than a batch takes at most, so that nobody else takes it meanwhile. */
const CLAIM_MS = 120_000;
const LONGEST_WAIT_MS = 600_000;
/** Who hears of an alert a day late is not helped by it. */
const GIVE_UP_MS = 86_400_000;

const URGENCY = { page: 'high', ticket: 'normal' } as const;

/**
 * Tells of alerts that fired or were resolved: an event each, and a
 * notification to the owners.
 *
 * Law (at least once, and visible once): a change is marked as sent after it
 * was sent, so that a process that ends in between sends it again. The
 * notification has the same scope for every change of an alert and is updated
 * in place; the event has the same `eventId`. Changes of one alert go out in
 * their order.
 */
export class AlertSender {
  readonly #knex: Knex;
  readonly #events: OwnershipEvents;
  readonly #notifications: NotificationService | undefined;
  readonly #severities: ReadonlySet<'page' | 'ticket'>;
  readonly #logger: LoggerService;
  readonly #platformTeam: string | undefined;
  readonly #appBaseUrl: string | undefined;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    events: OwnershipEvents;
    /** Absent where notifications are switched off. */
    notifications?: NotificationService;
    /** Of which alerts owners are notified. */
    severities: ReadonlySet<'page' | 'ticket'>;
    logger: LoggerService;
    platformTeam?: string;
    appBaseUrl?: string;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#events = options.events;
    this.#notifications = options.notifications;
    this.#severities = options.severities;
    this.#logger = options.logger;
    this.#platformTeam = options.platformTeam;
    this.#appBaseUrl = options.appBaseUrl;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Sends what is to be sent and not being sent by anybody else. What cannot
   * be sent is logged and waits; it holds up no other alert.
   */
  async send(options?: {
    signal?: AbortSignal;
  }): Promise<{ sent: number; failed: number }> {
    const outcome = { sent: 0, failed: 0 };
    while (!options?.signal?.aborted) {
      const claim = randomUUID();
      const now = this.#now();
      const changes = await claimChanges({
        knex: this.#knex,
        claim,
        now,
        until: new Date(now.getTime() + CLAIM_MS),
        limit: BATCH,
      });
      if (changes.length === 0) {
        break;
      }
      await inParallel(changes, AT_ONCE, async change => {
        const sent = await this.#sendOne(change, claim);
        outcome[sent ? 'sent' : 'failed'] += 1;
      });
    }
    return outcome;
  }

  async #sendOne(change: UnsentChange, claim: string): Promise<boolean> {
    const mark = (marks: Parameters<typeof markChange>[0]['mark']) =>
      markChange({ knex: this.#knex, id: change.id, claim, mark: marks });
    const clock = () => this.#now().toISOString();
    try {
      const audience = await readAudience({
        knex: this.#knex,
        change,
        platformTeam: this.#platformTeam,
      });
      if (!change.published) {
        await within(TIMEOUT_MS, this.#publish(change, audience.owners));
        await mark({ published_at: clock() });
      }
      if (!change.notified) {
        const told = this.#isToBeNotified(change) ? audience.recipients : [];
        if (told.length > 0) {
          await within(TIMEOUT_MS, this.#notify(change, told));
        }
        await mark({ notified_at: clock(), told: JSON.stringify(told) });
      }
      await mark({ sent_at: clock() });
      return true;
    } catch (error) {
      await this.#postpone(change, mark, error as Error);
      return false;
    }
  }

  async #postpone(
    change: UnsentChange,
    mark: (marks: Parameters<typeof markChange>[0]['mark']) => Promise<void>,
    error: Error,
  ): Promise<void> {
    const now = this.#now();
    const attempts = change.attempts + 1;
    const late = now.getTime() - Date.parse(change.at) > GIVE_UP_MS;
    const what = `that the ${change.severity} alert of the SLO ${change.slo} of ${change.entityRef} is ${change.state}`;
    this.#logger.warn(
      late
        ? `Nobody could be told for a day ${what}; it is left at that`
        : `Could not tell ${what}; it is tried again`,
      error,
    );
    try {
      await mark({
        attempts,
        ...(late
          ? { sent_at: now.toISOString() }
          : {
              free_at: new Date(
                now.getTime() +
                  Math.min(
                    LONGEST_WAIT_MS,
                    10_000 * 2 ** Math.min(attempts, 10),
                  ),
              ).toISOString(),
            }),
      });
    } catch (failure) {
      // The claim runs out by itself.
      this.#logger.warn('Could not postpone an alert', failure as Error);
    }
  }

  #isToBeNotified({ severity, details }: UnsentChange): boolean {
    return (
      this.#notifications !== undefined &&
      this.#severities.has(severity) &&
      !details.unannounced
    );
  }

  async #publish(change: UnsentChange, ownerRefs: string[]): Promise<void> {
    const { state, details } = change;
    const { since, burnRates, thresholds, remaining, reason } = details;
    await this.#events.deliver({
      type: `slo.alert.${state}`,
      at: change.at,
      eventId: `slo-alert-${change.id}`,
      entityRef: change.entityRef,
      slo: change.slo,
      severity: change.severity,
      ownerRefs,
      previousState: state === 'firing' ? 'quiet' : 'firing',
      since,
      burnRates,
      thresholds,
      remaining,
      reason,
    });
  }

  async #notify(change: UnsentChange, recipients: string[]): Promise<void> {
    const { entityRef, slo, severity, state, details } = change;
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const { title, runbooks } = await readAlertComponent({
      knex: this.#knex,
      entityRef,
      now: this.#now(),
      appBaseUrl: this.#appBaseUrl,
    });
    const path = ['slos', kind, namespace, name, slo].map(encodeURIComponent);
    await this.#notifications?.send({
      recipients: { type: 'entity', entityRef: recipients },
      payload: {
        ...describeAlert({
          state,
          at: change.at,
          details,
          component: title ?? name,
          runbook: alertRunbook({ runbooks, slo, names: details.names }),
        }),
        link: `/ownership/${path.join('/')}`,
        severity: state === 'resolved' ? 'low' : URGENCY[severity],
        topic: 'ownership',
        scope: `ownership:slo-alert:${entityRef}:${slo}:${severity}`,
      },
    });
  }
}
