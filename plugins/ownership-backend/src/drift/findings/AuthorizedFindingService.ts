import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  ownershipFindingWaivePermission,
  ownershipReadPermission,
  type AcknowledgementRequest,
  type Finding,
  type FindingDetail,
  type FindingQuery,
  type Page,
  type WaiverRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { callerRef } from '../../api/callerRef';
import type { Visibility } from '../../api/Visibility';
import type { ReportedFinding } from '../store/listFindings';
import type { DefaultFindingService } from './DefaultFindingService';

interface Caller {
  credentials: BackstageCredentials;
}

/**
 * Findings as a caller may see and change them: only of entities the caller
 * may see, and changes with `ownership.finding.waive` on the entity.
 */
export class AuthorizedFindingService {
  readonly #findings: DefaultFindingService;
  readonly #visibility: Visibility;

  constructor(options: {
    findings: DefaultFindingService;
    visibility: Visibility;
  }) {
    this.#findings = options.findings;
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
    const { [ownershipReadPermission.name]: visible } =
      await this.#visibility.onEntity(
        [ownershipReadPermission],
        finding.entityRef,
        credentials,
      );
    if (!visible) {
      throw new NotFoundError(`There is no finding ${id.slice(0, 500)}`);
    }
    return finding;
  }

  async waive(
    options: Caller & { id: string; request: WaiverRequest },
  ): Promise<Finding> {
    const by = await this.#signature(options);
    return this.#findings.waive({ ...options, by });
  }

  async withdrawWaiver(options: Caller & { id: string }): Promise<Finding> {
    const by = await this.#signature(options);
    return this.#findings.withdrawWaiver({ ...options, by });
  }

  async acknowledge(
    options: Caller & { id: string; request: AcknowledgementRequest },
  ): Promise<Finding> {
    const by = await this.#signature(options);
    return this.#findings.acknowledge({ ...options, by });
  }

  /** Permissions are checked before the first page is asked for. */
  async pages(
    options: Caller & { filter: FindingQuery },
  ): Promise<AsyncIterable<ReportedFinding[]>> {
    const { filter, credentials } = options;
    const visible = await this.#visibility.visibleRefs(credentials);
    return this.#findings.pages({ filter, visible });
  }

  /** Who signs a change, once it is known that they may make it. */
  async #signature(options: Caller & { id: string }): Promise<string> {
    const { id, credentials } = options;
    const { entityRef } = await this.#findings.get(id);
    await this.#visibility.requireOnEntity(
      ownershipFindingWaivePermission,
      entityRef,
      credentials,
    );
    // `service:external:ci` in the form of a ref: `service:external/ci`.
    const [kind, ...name] = callerRef(credentials).split(':');
    return name.length > 1
      ? `${kind}:${name[0]}/${name.slice(1).join('-')}`
      : `${kind}:${name}`;
  }
}
