import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  AlertDetails,
  FindingState,
  HandoverState,
  OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';

/** The topic of everything the ownership backend tells other plugins. */
export const OWNERSHIP_TOPIC = 'ownership';

/** What can become of a finding. */
export type FindingTransition =
  | 'opened'
  | 'closed'
  | 'reopened'
  | 'acknowledged'
  | 'snoozed'
  | 'waived'
  | 'waiver-requested'
  | 'waiver-approved'
  | 'waiver-rejected'
  | 'waiver-withdrawn'
  | 'waiver-expired'
  | 'assigned'
  | 'commented';

/**
 * What happened. `at` is ISO 8601 in UTC.
 */
export type OwnershipEvent =
  | {
      type: `finding.${FindingTransition}`;
      at: string;
      findingId: string;
      ruleId: string;
      entityRef: string;
      ownerRefs: string[];
      severity: string;
      previousState?: FindingState;
      /** Ref of who did it; absent where the scan did. */
      by?: string;
      /** Why it was closed or is open again, as in its time line. */
      reason?: string;
    }
  | {
      type: 'state.changed';
      at: string;
      entityRef: string;
      ownerRefs: string[];
      state: OwnershipState;
      /** Absent where the component was not known before. */
      previousState?: OwnershipState;
    }
  | {
      type: 'contract.changed';
      at: string;
      entityRef: string;
      ownerRefs: string[];
      /** Top-level fields of the effective contract; `status` where it became valid, invalid, missing … */
      changedFields: string[];
      /** SHA-256 of what is in force, in hexadecimal. */
      fingerprint: string;
      previousFingerprint: string;
    }
  | {
      type: 'handover.changed';
      at: string;
      handoverId: string;
      state: HandoverState;
      /** Absent where it was proposed. */
      previousState?: HandoverState;
      entityRefs: string[];
      /** Refs of the teams that give; they answer until it is complete. */
      from: string[];
      /** Ref of the team that receives. */
      to: string;
      /** Ref of who did it; absent where a scan did. */
      by?: string;
      reason?: string;
    }
  | {
      type: 'scan.completed' | 'scan.suspended';
      at: string;
      scanId: string;
      opened: number;
      reopened: number;
      closed: number;
      reason?: string;
    }
  | ({
      type: `slo.alert.${'firing' | 'resolved'}`;
      at: string;
      /** The same whenever this event is delivered: it may come more than once. */
      eventId: string;
      entityRef: string;
      slo: string;
      severity: 'page' | 'ticket';
      ownerRefs: string[];
      previousState: 'quiet' | 'firing';
    } & Pick<
      AlertDetails,
      'since' | 'burnRates' | 'thresholds' | 'remaining' | 'reason'
    >);

/**
 * Publishes on the topic `ownership`. A subscriber or an event bus that fails
 * is logged and changes nothing else.
 */
export class OwnershipEvents {
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  constructor(options: { events: EventsService; logger: LoggerService }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  async publish(event: OwnershipEvent): Promise<void> {
    try {
      await this.deliver(event);
    } catch (error) {
      this.#logger.warn(`Could not publish the event ${event.type}`, {
        error: String(error),
      });
    }
  }

  /**
   * As `publish`, for a sender that tries again.
   *
   * @throws what the event bus throws
   */
  async deliver(event: OwnershipEvent): Promise<void> {
    await this.#events.publish({
      topic: OWNERSHIP_TOPIC,
      eventPayload: event,
      metadata: { type: event.type },
    });
  }
}
