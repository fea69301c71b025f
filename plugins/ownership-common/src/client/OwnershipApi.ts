import type { z } from 'zod';
import type { Page } from '../api';
import type { EffectiveContract, Problem } from '../contract';
import type {
  AcknowledgementRequest,
  driftRoutes,
  DriftHistory,
  DriftSummary,
  Finding,
  FindingDetail,
  FindingFilter,
  FindingGroupBy,
  FindingQuery,
  ReportFormat,
  RuleDescription,
  Scan,
  Tombstone,
  WaiverRequest,
} from '../drift';
import type { EntityOwnership, EntitySummary, entityRoutes } from '../entity';
import type { RunbookContent } from '../runbook';
import type {
  Overview,
  Scorecard,
  ScorecardEntityResult,
  ScorecardHistory,
  ScorecardResultQuery,
  ScorecardRollup,
  scorecardRoutes,
} from '../scorecard';
import type {
  SliPush,
  SliPushResult,
  SloDetail,
  SloHistory,
  SloQuery,
  SloStatus,
  sloRoutes,
} from '../slo';

type Query<T extends { query: z.ZodType }> = z.infer<T['query']>;

/**
 * The HTTP API of the ownership backend, for browsers and for other services.
 * Every method throws a `ResponseError` with the backend's message when the
 * answer is not a success.
 *
 * @public
 */
export interface OwnershipApi {
  getEntity(entityRef: string): Promise<EntityOwnership>;
  getEntitiesByRefs(entityRefs: string[]): Promise<{ items: EntitySummary[] }>;
  listEntities(
    query?: Query<typeof entityRoutes.listEntities>,
  ): Promise<Page<EntitySummary>>;
  attest(
    entityRef: string,
    request?: { comment?: string },
  ): Promise<{
    entityRef: string;
    attestedAt: string;
    attestedBy: string;
    dueAt?: string;
  }>;

  getContract(entityRef: string): Promise<EffectiveContract>;
  validateContract(
    document: string,
  ): Promise<{ errors: Problem[]; warnings: Problem[] }>;
  getRunbookContent(
    entityRef: string,
    runbookId: string,
  ): Promise<RunbookContent>;

  listFindings(query?: FindingQuery): Promise<Page<Finding>>;
  getFinding(id: string): Promise<FindingDetail>;
  waiveFinding(id: string, request: WaiverRequest): Promise<Finding>;
  withdrawWaiver(id: string): Promise<Finding>;
  acknowledgeFinding(
    id: string,
    request?: AcknowledgementRequest,
  ): Promise<Finding>;
  getDriftSummary(
    query: FindingFilter & { groupBy: FindingGroupBy },
  ): Promise<DriftSummary>;
  getDriftHistory(
    query?: Query<typeof driftRoutes.getDriftHistory>,
  ): Promise<DriftHistory>;
  listTombstones(query?: {
    cursor?: string;
    limit?: number;
  }): Promise<Page<Tombstone>>;
  /** The report as a file, with the name the backend gave it. */
  downloadReport(
    query: FindingFilter & { format: ReportFormat },
  ): Promise<{ filename: string; blob: Blob }>;
  startScan(): Promise<Scan>;
  getScan(id: string): Promise<Scan>;
  listScans(query?: { cursor?: string; limit?: number }): Promise<Page<Scan>>;
  listRules(): Promise<{ items: RuleDescription[] }>;

  listSlos(query?: SloQuery): Promise<
    Page<SloStatus> & {
      summary: {
        total: number;
        byState: Partial<Record<SloStatus['state'], number>>;
      };
    }
  >;
  getSlo(entityRef: string, slo: string): Promise<SloDetail>;
  getSloHistory(
    entityRef: string,
    slo: string,
    query?: Query<typeof sloRoutes.getSloHistory>,
  ): Promise<SloHistory>;
  pushSamples(push: SliPush): Promise<SliPushResult>;

  listScorecards(): Promise<{ items: Scorecard[] }>;
  listScorecardResults(
    id: string,
    query?: ScorecardResultQuery,
  ): Promise<Page<ScorecardEntityResult>>;
  getScorecardRollup(
    id: string,
    query?: Query<typeof scorecardRoutes.getScorecardRollup>,
  ): Promise<ScorecardRollup>;
  getScorecardHistory(
    id: string,
    query?: Query<typeof scorecardRoutes.getScorecardHistory>,
  ): Promise<ScorecardHistory>;
  getOverview(
    query?: Query<typeof scorecardRoutes.getOverview>,
  ): Promise<Overview>;
}
