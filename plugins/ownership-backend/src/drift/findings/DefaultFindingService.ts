import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  type AcknowledgementRequest,
  type Finding,
  type FindingDetail,
  type FindingQuery,
  type FindingState,
  type Page,
  type WaiverRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { VisibleRefs } from '../../api/Visibility';
import type { OwnershipEvents } from '../../events/OwnershipEvents';
import type { RuleCatalogue } from '../RuleCatalogue';
import { changeFinding } from '../store/changeFinding';
import { columnText } from '../store/columnText';
import type { FindingRow } from '../store/FindingRow';
import { listFindings, type ReportedFinding } from '../store/listFindings';
import { readComponentDocument } from '../store/readComponentDocument';
import { readFinding } from '../store/readFinding';
import { readFindingEvents } from '../store/readFindingEvents';
import { describePatch } from './describePatch';

const OPEN: FindingState[] = ['open', 'acknowledged', 'snoozed'];
const NO_WAIVER = {
  waiver_reason: null,
  waiver_requested_by: null,
  waiver_approved_by: null,
  waiver_expires_at: null,
} satisfies Partial<FindingRow>;

/**
 * Findings as people and tools see and change them. Knows no permissions.
 */
export class DefaultFindingService {
  readonly #knex: Knex;
  readonly #rules: RuleCatalogue;
  readonly #events: OwnershipEvents;
  readonly #maxWaiverMs: number;
  readonly #now: () => Date;

  constructor(options: {
    database: Knex;
    rules: RuleCatalogue;
    events: OwnershipEvents;
    /** How far in the future a waiver or a snooze may end. */
    maxWaiverMs: number;
    now: () => Date;
  }) {
    this.#knex = options.database;
    this.#rules = options.rules;
    this.#events = options.events;
    this.#maxWaiverMs = options.maxWaiverMs;
    this.#now = options.now;
  }

  /** @throws InputError for an unknown sorting or cursor */
  async list(options: {
    query: FindingQuery;
    visible: VisibleRefs;
  }): Promise<Page<Finding>> {
    const { cursor, limit = 50, orderBy, ...filter } = options.query;
    const page = await listFindings({
      knex: this.#knex,
      selection: { filter, visible: options.visible, now: this.#now() },
      orderBy,
      cursor,
      limit,
      withTotal: true,
    });
    return { ...page, items: page.items.map(withoutReportFields) };
  }

  /** @throws NotFoundError where there is no finding of this id */
  async get(id: string): Promise<Finding> {
    const finding = await readFinding({ knex: this.#knex, id });
    if (!finding) {
      throw new NotFoundError(`There is no finding ${id.slice(0, 500)}`);
    }
    return finding;
  }

  /** @throws NotFoundError where there is no finding of this id */
  async detail(id: string): Promise<FindingDetail> {
    const finding = await this.get(id);
    const rule = this.#rules.describe(finding.ruleId);
    const [events, document] = await Promise.all([
      readFindingEvents({ knex: this.#knex, findingId: finding.id }),
      readComponentDocument({
        knex: this.#knex,
        entityRef: finding.entityRef,
      }),
    ]);
    return {
      ...finding,
      rule: {
        title: rule?.title ?? finding.ruleId,
        why: rule?.why ?? 'This rule is no longer part of the catalogue.',
        fix: rule?.fix ?? finding.remediation,
        docsUrl: rule?.docsUrl,
      },
      events,
      patch: describePatch({ finding, document }),
    };
  }

  /**
   * @throws InputError for an expiry in the past or too far away
   * @throws ConflictError for a closed finding
   */
  async waive(options: {
    id: string;
    request: WaiverRequest;
    by: string;
  }): Promise<Finding> {
    const { id, request, by } = options;
    const before = await this.get(id);
    const at = this.#now().toISOString();
    const reason = columnText(request.reason, 2000);
    const expiresAt = this.#futureMoment('expiresAt', request.expiresAt);

    const changed = await changeFinding({
      knex: this.#knex,
      id: before.id,
      from: [...OPEN, 'waived'],
      set: {
        state: 'waived',
        snoozed_until: null,
        waiver_reason: reason,
        waiver_requested_by: by,
        waiver_approved_by: null,
        waiver_expires_at: expiresAt,
      },
      event: {
        at,
        type: 'waived',
        by,
        detail: `${reason} (until ${expiresAt})`,
      },
    });
    if (!changed) {
      throw new ConflictError(
        `The finding ${before.id} is closed; only a finding that stands can be waived`,
      );
    }
    await this.#events.publish({
      type: 'finding.waived',
      at,
      findingId: before.id,
      ruleId: before.ruleId,
      entityRef: before.entityRef,
      ownerRefs: before.ownerRefs,
      severity: before.severity,
      previousState: before.state,
    });
    return this.get(id);
  }

  /** @throws NotFoundError where the finding has no waiver */
  async withdrawWaiver(options: { id: string; by: string }): Promise<Finding> {
    const { id, by } = options;
    const before = await this.get(id);
    const changed = await changeFinding({
      knex: this.#knex,
      id: before.id,
      from: ['waived'],
      set: { state: 'open', ...NO_WAIVER },
      event: { at: this.#now().toISOString(), type: 'waiver-withdrawn', by },
    });
    if (!changed) {
      throw new NotFoundError(`The finding ${before.id} has no waiver`);
    }
    return this.get(id);
  }

  /**
   * @throws InputError for a snooze that ends in the past or too far away
   * @throws ConflictError for a closed or waived finding
   */
  async acknowledge(options: {
    id: string;
    request: AcknowledgementRequest;
    by: string;
  }): Promise<Finding> {
    const { id, request, by } = options;
    const before = await this.get(id);
    const snoozedUntil =
      request.snoozeUntil === undefined
        ? undefined
        : this.#futureMoment('snoozeUntil', request.snoozeUntil);
    const comment = columnText(request.comment ?? '', 2000).trim();
    const until = snoozedUntil && `until ${snoozedUntil}`;

    const changed = await changeFinding({
      knex: this.#knex,
      id: before.id,
      from: OPEN,
      set: {
        state: snoozedUntil ? 'snoozed' : 'acknowledged',
        snoozed_until: snoozedUntil ?? null,
        acknowledged_by: by,
      },
      event: {
        at: this.#now().toISOString(),
        type: snoozedUntil ? 'snoozed' : 'acknowledged',
        by,
        detail: [comment, until].filter(Boolean).join(' ') || undefined,
      },
    });
    if (!changed) {
      throw new ConflictError(
        `The finding ${before.id} is ${before.state}; only one that is open can be acknowledged or snoozed`,
      );
    }
    return this.get(id);
  }

  /** All findings of a selection in pages, worst first. */
  async *pages(options: {
    filter: FindingQuery;
    visible: VisibleRefs;
  }): AsyncGenerator<ReportedFinding[]> {
    const { filter, visible } = options;
    const now = this.#now();
    let cursor: string | undefined;
    do {
      const page = await listFindings({
        knex: this.#knex,
        selection: { filter, visible, now },
        cursor,
        limit: 500,
        withTotal: false,
      });
      yield page.items;
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }

  #futureMoment(field: string, text: string): string {
    const now = this.#now().getTime();
    const moment = new Date(text).getTime();
    const latest = now + this.#maxWaiverMs;
    if (!(moment > now && moment <= latest)) {
      throw new InputError(
        `${field}: ${text} must be after ${new Date(
          now,
        ).toISOString()} and not after ${DateTime.fromMillis(latest)
          .toUTC()
          .toISO()} (ownership.drift.waivers.maxDuration)`,
      );
    }
    return new Date(moment).toISOString();
  }
}

function withoutReportFields(finding: ReportedFinding): Finding {
  const { entityState: _state, tier: _tier, ...rest } = finding;
  return rest;
}
