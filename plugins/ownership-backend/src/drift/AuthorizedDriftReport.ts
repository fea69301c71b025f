import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  DriftHistory,
  DriftSummary,
  FindingFilter,
  FindingGroupBy,
  Page,
  RuleDescription,
  Tombstone,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Visibility } from '../api/Visibility';
import type { DefaultDriftReport } from './DefaultDriftReport';

interface Caller {
  credentials: BackstageCredentials;
}

/**
 * The drift report as far as a caller may see it: everything counts visible
 * entities only, and nothing fails because some are hidden.
 */
export class AuthorizedDriftReport {
  readonly #report: DefaultDriftReport;
  readonly #visibility: Visibility;

  constructor(options: { report: DefaultDriftReport; visibility: Visibility }) {
    this.#report = options.report;
    this.#visibility = options.visibility;
  }

  async summary(
    options: Caller & { filter: FindingFilter; groupBy: FindingGroupBy },
  ): Promise<DriftSummary> {
    return this.#report.summary({
      ...options,
      visible: await this.#visibility.visibleRefs(options.credentials),
    });
  }

  /** How many components, of the team of a filter or of all, are not for the caller's eyes. */
  async hidden(options: Caller & { filter: FindingFilter }): Promise<number> {
    return this.#report.hidden({
      ...options,
      visible: await this.#visibility.visibleRefs(options.credentials),
    });
  }

  /**
   * History is kept as numbers, which cannot be filtered: who may not see
   * everything gets no points.
   */
  async history(
    options: Caller & { team?: string; from?: string; to?: string },
  ): Promise<DriftHistory> {
    const visible = await this.#visibility.visibleRefs(options.credentials);
    return visible === 'all' ? this.#report.history(options) : { points: [] };
  }

  async tombstones(
    options: Caller & { cursor?: string; limit?: number },
  ): Promise<Page<Tombstone>> {
    return this.#report.tombstones({
      ...options,
      visible: await this.#visibility.visibleRefs(options.credentials),
    });
  }

  async rules(options: Caller): Promise<{ items: RuleDescription[] }> {
    return this.#report.rules({
      visible: await this.#visibility.visibleRefs(options.credentials),
    });
  }
}
