import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  findingMay,
  ownershipFindingWaivePermission,
  ownershipReadPermission,
  type AcknowledgementRequest,
  type AssignmentRequest,
  type BulkRequest,
  type BulkResult,
  type Finding,
  type FindingDetail,
  type FindingMay,
  type FindingQuery,
  type Page,
  type WaiverRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { callerRef } from '../../api/callerRef';
import type { Visibility } from '../../api/Visibility';
import type { ReportedFinding } from '../store/listFindings';
import type { DefaultFindingService } from './DefaultFindingService';
import type { FindingChange } from './FindingChange';
import type { FindingLifeCycle, HandledFinding } from './FindingLifeCycle';
import type { WaiverPolicy } from './WaiverPolicy';

interface Caller {
  credentials: BackstageCredentials;
}

/**
 * Findings as a caller may see and change them: only of entities the caller
 * may see, and changes with `ownership.finding.waive` on the entity; waivers
 * that need it are approved by those the configuration names.
 */
export class AuthorizedFindingService {
  readonly #findings: DefaultFindingService;
  readonly #lifeCycle: FindingLifeCycle;
  readonly #policy: WaiverPolicy;
  readonly #userInfo: UserInfoService;
  readonly #visibility: Visibility;

  constructor(options: {
    findings: DefaultFindingService;
    lifeCycle: FindingLifeCycle;
    policy: WaiverPolicy;
    userInfo: UserInfoService;
    visibility: Visibility;
  }) {
    this.#findings = options.findings;
    this.#lifeCycle = options.lifeCycle;
    this.#policy = options.policy;
    this.#userInfo = options.userInfo;
    this.#visibility = options.visibility;
  }

  async list(
    options: Caller & { query: FindingQuery },
  ): Promise<Page<Finding>> {
    const { query, credentials } = options;
    const visible = await this.#visibility.visibleRefs(credentials);
    return this.#findings.list({ query, visible });
  }

  /** @throws NotFoundError for a finding that is not there or not for the caller's eyes */
  async detail(options: Caller & { id: string }): Promise<FindingDetail> {
    const { id, credentials } = options;
    const finding = await this.#findings.detail(id);
    const granted = await this.#visibility.onEntity(
      [ownershipReadPermission, ownershipFindingWaivePermission],
      finding.entityRef,
      credentials,
    );
    if (!granted[ownershipReadPermission.name]) {
      throw new NotFoundError(`There is no finding ${id.slice(0, 500)}`);
    }
    const [may] = await this.#mayAll({
      findings: [finding],
      granted: () => granted[ownershipFindingWaivePermission.name],
      credentials,
    });
    const caller = signature(credentials);
    return {
      ...finding,
      may,
      events: finding.events.map(event =>
        event.by === caller ? event : { ...event, id: undefined },
      ),
    };
  }

  /** The findings of one entity with what the caller may do with each. */
  async withMay(
    options: Caller & { findings: Finding[]; granted: boolean },
  ): Promise<Finding[]> {
    const { findings, granted, credentials } = options;
    const may = await this.#mayAll({
      findings,
      granted: () => granted,
      credentials,
    });
    return findings.map((finding, index) => ({ ...finding, may: may[index] }));
  }

  waive(
    options: Caller & { id: string; request: WaiverRequest },
  ): Promise<Finding> {
    return this.#one(options, { action: 'waive', ...options.request });
  }

  withdrawWaiver(options: Caller & { id: string }): Promise<Finding> {
    return this.#one(options, { action: 'withdraw' });
  }

  approveWaiver(
    options: Caller & { id: string; comment?: string; requestedAt?: string },
  ): Promise<Finding> {
    const { comment, requestedAt } = options;
    return this.#one(options, { action: 'approve', comment, requestedAt });
  }

  rejectWaiver(
    options: Caller & { id: string; comment: string },
  ): Promise<Finding> {
    const { comment } = options;
    return this.#one(options, { action: 'reject', comment });
  }

  acknowledge(
    options: Caller & { id: string; request: AcknowledgementRequest },
  ): Promise<Finding> {
    const { comment, snoozeUntil } = options.request;
    return this.#one(
      options,
      snoozeUntil === undefined
        ? { action: 'acknowledge', comment }
        : { action: 'snooze', comment, snoozeUntil },
    );
  }

  assign(
    options: Caller & { id: string; request: AssignmentRequest },
  ): Promise<Finding> {
    return this.#one(options, { action: 'reassign', ...options.request });
  }

  async comment(
    options: Caller & { id: string; text: string },
  ): Promise<FindingDetail> {
    await this.#one(options, { action: 'comment', text: options.text });
    return this.detail(options);
  }

  /** @throws NotFoundError for a comment of somebody else, too */
  async deleteComment(
    options: Caller & { id: string; comment: string },
  ): Promise<FindingDetail> {
    const { id, comment, credentials } = options;
    await this.detail(options);
    await this.#findings.deleteComment({
      id,
      comment,
      by: signature(credentials),
    });
    return this.detail(options);
  }

  /**
   * Changes many findings. One that cannot be changed does not keep the others
   * from it.
   *
   * @throws ConflictError where a filter matches another number than expected
   */
  async changeAll(
    options: Caller & { request: BulkRequest },
  ): Promise<BulkResult> {
    const { request, credentials } = options;
    const ids =
      'ids' in request
        ? request.ids
        : await this.#findings.matching({
            filter: request.filter,
            expected: request.expected,
            visible: await this.#visibility.visibleRefs(credentials),
          });
    const handled = await this.#change({ ids, change: request, credentials });
    const count = (outcome: HandledFinding['outcome']) =>
      handled.filter(one => one.outcome === outcome).length;
    return {
      items: handled.map(({ error, ...one }) => ({
        ...one,
        error: error?.message,
      })),
      done: count('done'),
      requested: count('requested'),
      failed: count('failed'),
    };
  }

  /** Permissions are checked before the first page is asked for. */
  async pages(
    options: Caller & { filter: FindingQuery },
  ): Promise<AsyncIterable<ReportedFinding[]>> {
    const { filter, credentials } = options;
    const visible = await this.#visibility.visibleRefs(credentials);
    return this.#findings.pages({ filter, visible });
  }

  async #one(
    options: Caller & { id: string },
    change: FindingChange,
  ): Promise<Finding> {
    const { id, credentials } = options;
    const [{ error }] = await this.#change({ ids: [id], change, credentials });
    if (error) {
      throw error;
    }
    return this.#findings.get(id);
  }

  async #change(
    options: Caller & { ids: readonly string[]; change: FindingChange },
  ): Promise<HandledFinding[]> {
    const { ids, change, credentials } = options;
    const entityRefs = await this.#findings.entitiesOf(ids);
    const { visible, granted } = await this.#visibility.onEntities(
      ownershipFindingWaivePermission,
      entityRefs,
      credentials,
    );
    const decides = change.action === 'approve' || change.action === 'reject';
    const judge = this.#judge(
      credentials,
      decides ? await this.#principals(credentials) : [],
    );
    return this.#lifeCycle.change({
      ids,
      // Who may assign nothing is not told who there is, either.
      change:
        change.action === 'reassign' && granted.size === 0
          ? { action: 'reassign' }
          : change,
      by: signature(credentials),
      may: finding =>
        visible.has(finding.entityRef)
          ? judge(finding, granted.has(finding.entityRef))
          : undefined,
    });
  }

  async #mayAll(
    options: Caller & {
      findings: Finding[];
      granted: (finding: Finding) => boolean;
    },
  ): Promise<FindingMay[]> {
    const { findings, granted, credentials } = options;
    // Who the caller belongs to is asked only where it matters.
    const matters = findings.some(
      ({ waiverRequest, severity }) =>
        waiverRequest && this.#policy.approvers(severity),
    );
    const judge = this.#judge(
      credentials,
      matters ? await this.#principals(credentials) : [],
    );
    return findings.map(finding => judge(finding, granted(finding)));
  }

  #judge(credentials: BackstageCredentials, principals: readonly string[]) {
    const caller = signature(credentials);
    return (finding: Finding, granted: boolean): FindingMay => {
      const approvers = this.#policy.approvers(finding.severity);
      return findingMay({
        finding: {
          state: finding.state,
          requestedBy: finding.waiverRequest?.requestedBy,
        },
        granted,
        approval: {
          needed: approvers !== undefined,
          isApprover:
            approvers?.some(approver => principals.includes(approver)) ?? false,
        },
        caller,
      });
    };
  }

  /** The caller's own ref and their groups; of a service nothing. */
  async #principals(credentials: BackstageCredentials): Promise<string[]> {
    if (!('userEntityRef' in (credentials.principal as object))) {
      return [];
    }
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(credentials);
    return [userEntityRef, ...ownershipEntityRefs].map(ref =>
      ref.toLocaleLowerCase('en-US'),
    );
  }
}

/** The caller as a ref: `service:external:ci` is `service:external/ci`. */
function signature(credentials: BackstageCredentials): string {
  const [kind, ...name] = callerRef(credentials).split(':');
  return name.length > 1
    ? `${kind}:${name[0]}/${name.slice(1).join('-')}`
    : `${kind}:${name}`;
}
