import type { z } from 'zod';
import type { Page } from '../api';
import type { EffectiveContract, Problem } from '../contract';
import type {
  AliasSuggestions,
  DirectoryAlias,
  DirectoryAliasRequest,
} from '../directory';
import type {
  AcknowledgementRequest,
  AssignmentRequest,
  BulkRequest,
  BulkResult,
  driftRoutes,
  DriftHistory,
  DriftSummary,
  DriftView,
  DriftViewChange,
  DriftViewList,
  DriftViewRequest,
  Finding,
  FindingDetail,
  FindingFilter,
  FindingGroupBy,
  FindingQuery,
  ReportFormat,
  RuleChange,
  RuleDescription,
  RuleDryRun,
  Scan,
  Tombstone,
  WaiverRequest,
} from '../drift';
import type {
  Badge,
  BulkAttestation,
  EntityOwnership,
  entityRoutes,
  EntitySummary,
  OwnerDecisionRequest,
  OwnerSuggestions,
} from '../entity';
import type {
  Handover,
  HandoverAction,
  HandoverAnswer,
  HandoverDetail,
  HandoverQuery,
  HandoverRequest,
} from '../handover';
import type {
  Initiative,
  InitiativeChange,
  InitiativeDetail,
  InitiativeEntity,
  InitiativeEntityQuery,
  InitiativeExemptionRequest,
  InitiativePreview,
  InitiativeRequest,
  initiativeRoutes,
} from '../initiative';
import type {
  EntityMeasures,
  EventsResult,
  MeasuredEntity,
  MeasuredQuery,
  MeasurementsResult,
  MeasureRollup,
  measureRoutes,
  PushedMeasurement,
} from '../measure';
import type { RunbookContent } from '../runbook';
import type {
  Brief,
  EntityScorecardHistory,
  Overview,
  Scorecard,
  ScorecardConfigurationProblem,
  ScorecardDryRun,
  ScorecardEntityResult,
  ScorecardHistory,
  ScorecardMovers,
  ScorecardResultQuery,
  ScorecardRollup,
  scorecardRoutes,
  WeeklyDigest,
} from '../scorecard';
import type {
  SliPush,
  SliPushResult,
  ExclusionRequest,
  SloDetail,
  SloDiscovery,
  SloExclusion,
  SloHistory,
  SloQuery,
  SloRollup,
  SloRollupQuery,
  SloStatus,
  sloRoutes,
} from '../slo';

/**
 * The HTTP API of the ownership backend, for browsers and for other services.
 * Every method throws a `ResponseError` with the backend's message when the
 * answer is not a success.
 *
 * @public
 */
export interface OwnershipApi {
  /** Everything about one component, for its page. */
  getEntity(entityRef: string): Promise<EntityOwnership>;
  /**
   * The same in short for at most 1000 components; unknown refs are left out.
   */
  getEntitiesByRefs(entityRefs: string[]): Promise<{ items: EntitySummary[] }>;
  /** Components with their state, worst first. */
  listEntities(
    query?: z.infer<typeof entityRoutes.listEntities.query>,
  ): Promise<Page<EntitySummary>>;
  /** Badges of a component for its README; none where they are switched off. */
  listBadges(entityRef: string): Promise<{ items: Badge[] }>;
  /** States that the contract of a component is still right. */
  attest(
    entityRef: string,
    request?: { comment?: string },
  ): Promise<{
    entityRef: string;
    attestedAt: string;
    attestedBy: string;
    dueAt?: string;
  }>;

  /** States of at most 500 contracts that they are still right, each for itself. */
  attestAll(request: {
    entityRefs: string[];
    comment?: string;
  }): Promise<BulkAttestation>;
  /** Who could take over an orphaned component, best first. */
  getOwnerSuggestions(entityRef: string): Promise<OwnerSuggestions>;
  /** Agrees with a suggested owner, and gives the suggestions as they are then. */
  acceptOwner(
    entityRef: string,
    request: OwnerDecisionRequest,
  ): Promise<OwnerSuggestions>;
  /** Says that a suggested owner is not the one. */
  rejectOwner(
    entityRef: string,
    request: OwnerDecisionRequest,
  ): Promise<OwnerSuggestions>;

  /** The effective contract of a component, with where each field was found. */
  getContract(entityRef: string): Promise<EffectiveContract>;
  /** Checks the text of a contract, YAML or JSON of at most 1 MiB. */
  validateContract(
    document: string,
  ): Promise<{ errors: Problem[]; warnings: Problem[] }>;
  /**
   * The Markdown of a runbook that is kept in the repository of its component.
   */
  getRunbookContent(
    entityRef: string,
    runbookId: string,
  ): Promise<RunbookContent>;

  /** Findings, worst first. */
  listFindings(query?: FindingQuery): Promise<Page<Finding>>;
  /** One finding with its rule, its time line and a patch. */
  getFinding(id: string): Promise<FindingDetail>;
  /**
   * Accepts a finding for a reason until a moment. Where that needs approval
   * the finding stays open with a `waiverRequest`.
   */
  waiveFinding(id: string, request: WaiverRequest): Promise<Finding>;
  /** Ends a waiver before it expires, or takes back the request for one. */
  withdrawWaiver(id: string): Promise<Finding>;
  /**
   * Approves the waiver that somebody else asked for. With `requestedAt` (ISO
   * 8601) only the one that was asked for then, and no other made since.
   */
  approveWaiver(
    id: string,
    request?: { comment?: string; requestedAt?: string },
  ): Promise<Finding>;
  /** Rejects the waiver that somebody else asked for. */
  rejectWaiver(id: string, request: { comment: string }): Promise<Finding>;
  /** Says something about a finding: plain text of 1 to 4000 characters. */
  commentFinding(id: string, request: { text: string }): Promise<FindingDetail>;
  /** Deletes a comment of the caller's own, by the `id` of its event. */
  deleteComment(id: string, comment: string): Promise<FindingDetail>;
  /** Hands a finding to a person or a group or, without assignee, to nobody. */
  assignFinding(id: string, request: AssignmentRequest): Promise<Finding>;
  /** Changes at most 500 findings at once, each for itself. */
  changeFindings(request: BulkRequest): Promise<BulkResult>;
  /** Says that somebody is on a finding, or snoozes it. */
  acknowledgeFinding(
    id: string,
    request?: AcknowledgementRequest,
  ): Promise<Finding>;
  /**
   * Findings and components counted by team, rule, severity, tier, owner ref or age.
   */
  getDriftSummary(
    query: FindingFilter & { groupBy: FindingGroupBy },
  ): Promise<DriftSummary>;
  /**
   * Open findings and component states, one point a day. No points for who may
   * not see everything: they are kept as numbers.
   */
  getDriftHistory(
    query?: z.infer<typeof driftRoutes.getDriftHistory.query>,
  ): Promise<DriftHistory>;
  /** Components that left the catalog, latest first. */
  listTombstones(query?: {
    cursor?: string;
    limit?: number;
  }): Promise<Page<Tombstone>>;
  /** The report as a file, with the name the backend gave it. */
  downloadReport(
    query: FindingFilter & { format: ReportFormat },
  ): Promise<{ filename: string; blob: Blob }>;
  /**
   * Any list as a file with all its items, with the name the backend gave it:
   * `path` is that of the list's call, such as `/slos`, and `query` its filter.
   */
  downloadTable(options: {
    path: string;
    query?: object;
    format: 'csv' | 'json';
  }): Promise<{ filename: string; blob: Blob }>;
  /** Starts a scan, or gives the one that runs. */
  startScan(): Promise<Scan>;
  /** One scan with its progress. */
  getScan(id: string): Promise<Scan>;
  /** Cancels a scan that runs; gives one that has ended as it ended. */
  cancelScan(id: string): Promise<Scan>;
  /** Scans, latest first. */
  listScans(query?: { cursor?: string; limit?: number }): Promise<Page<Scan>>;
  /** The rules as configured in this portal. */
  listRules(): Promise<{ items: RuleDescription[] }>;
  /** What a change of the rules would open and close now; writes nothing. */
  dryRunRules(change: RuleChange): Promise<RuleDryRun>;

  /** Named filters of the caller and those that are shared, by name. */
  listDriftViews(): Promise<DriftViewList>;
  /** Keeps a filter over the findings under a name. */
  createDriftView(request: DriftViewRequest): Promise<DriftView>;
  /** Changes a view, shares it, or lets the caller's page begin with it. */
  changeDriftView(id: string, change: DriftViewChange): Promise<DriftView>;
  /** Deletes a view. */
  deleteDriftView(id: string): Promise<void>;

  /** Old refs of groups and users that stand for new ones. */
  listAliases(): Promise<{ items: DirectoryAlias[] }>;
  /** Groups that an old ref could stand for, best first. */
  suggestAliases(from: string): Promise<AliasSuggestions>;
  /** Lets an old ref stand for a new one, and starts a scan. */
  putAlias(request: DirectoryAliasRequest): Promise<DirectoryAlias>;
  /** Removes an alias that was made in the portal, and starts a scan. */
  deleteAlias(from: string): Promise<void>;

  /** SLO statuses, worst first, with counts by state. */
  listSlos(query?: SloQuery): Promise<
    Page<SloStatus> & {
      summary: {
        total: number;
        byState: Partial<Record<SloStatus['state'], number>>;
        /** Of how many an alert fires. */
        firing?: number;
      };
    }
  >;
  /** SLOs added up by team (default), system or domain. */
  getSloRollup(query?: SloRollupQuery): Promise<SloRollup>;
  /** One SLO with its definition and what its policy asks for. */
  getSlo(entityRef: string, slo: string): Promise<SloDetail>;
  /** Recorded SLOs that belong to no component, by server. */
  getSloDiscovery(): Promise<SloDiscovery>;
  /** Good and total events of an SLO over time. */
  getSloHistory(
    entityRef: string,
    slo: string,
    query?: z.infer<typeof sloRoutes.getSloHistory.query>,
  ): Promise<SloHistory>;
  /** Time that does not count for an SLO, and whether the caller may change that. */
  listSloExclusions(
    entityRef: string,
    slo: string,
  ): Promise<z.infer<typeof sloRoutes.listSloExclusions.response>>;
  /** Excludes time from an SLO, once or again and again. */
  addSloExclusion(
    entityRef: string,
    slo: string,
    request: ExclusionRequest,
  ): Promise<SloExclusion>;
  /** Ends an exclusion for what is still to come, or for all of it. */
  endSloExclusion(
    entityRef: string,
    slo: string,
    id: string,
    end: z.infer<typeof sloRoutes.endSloExclusion.query>,
  ): Promise<SloExclusion>;
  /** Stores SLI samples; the same push again changes nothing. */
  pushSamples(push: SliPush): Promise<SliPushResult>;

  /** Handovers, those due first at the top; a page at a time. */
  listHandovers(query?: HandoverQuery): Promise<Page<Handover>>;
  /** One handover with its checklist and what the catalog still says. */
  getHandover(id: string): Promise<HandoverDetail>;
  /** Proposes to hand components over to another team. */
  proposeHandover(request: HandoverRequest): Promise<HandoverDetail>;
  /** Accepts, declines, cancels or completes a handover. */
  answerHandover(
    id: string,
    action: Exclude<HandoverAction, 'check'>,
    answer?: HandoverAnswer,
  ): Promise<HandoverDetail>;
  /** Marks an item of the checklist as done, or opens it again. */
  checkHandoverItem(
    id: string,
    item: string,
    done: boolean,
  ): Promise<HandoverDetail>;

  /** Initiatives with their progress, the furthest behind first. */
  listInitiatives(
    query?: z.infer<typeof initiativeRoutes.listInitiatives.query>,
  ): Promise<{ items: Initiative[] }>;
  /** One initiative with its burn-up, teams, rules and exemptions. */
  getInitiative(id: string): Promise<InitiativeDetail>;
  /** Components in scope with how they stand, a page at a time. */
  listInitiativeEntities(
    id: string,
    query?: InitiativeEntityQuery,
  ): Promise<Page<InitiativeEntity>>;
  /** What a goal over a scope would count today; writes nothing. */
  previewInitiative(
    request: Pick<InitiativeRequest, 'goal' | 'scope'>,
  ): Promise<InitiativePreview>;
  /** Starts an initiative, as a draft unless told. */
  createInitiative(request: InitiativeRequest): Promise<InitiativeDetail>;
  /** Changes an initiative; what is left out stays. */
  changeInitiative(
    id: string,
    change: InitiativeChange,
  ): Promise<InitiativeDetail>;
  /** Deletes a draft; anything else is cancelled instead. */
  deleteInitiative(id: string): Promise<void>;
  /** Excuses a component from an initiative, with a reason and an end. */
  exemptFromInitiative(
    id: string,
    request: InitiativeExemptionRequest,
  ): Promise<InitiativeDetail>;
  /** Takes an exemption back. */
  withdrawInitiativeExemption(
    id: string,
    entityRef: string,
  ): Promise<InitiativeDetail>;
  /** The measures of a component over the last days, with what they are made of. */
  getEntityMeasures(
    entityRef: string,
    query?: z.infer<typeof measureRoutes.getEntityMeasures.query>,
  ): Promise<EntityMeasures>;
  /** The components behind a measure, largest first. */
  listMeasured(query: MeasuredQuery): Promise<Page<MeasuredEntity>>;
  /** The measures of every team, itself and the groups below it. */
  getMeasureRollup(
    query?: z.infer<typeof measureRoutes.getMeasureRollup.query>,
  ): Promise<MeasureRollup>;
  /** Sends CloudEvents with CDEvents of deployments and incidents; at most 1,000. */
  pushEvents(events: readonly object[]): Promise<EventsResult>;
  /** Stores measurements, at most 5,000; the same again changes nothing. */
  pushMeasurements(
    measurements: readonly PushedMeasurement[],
  ): Promise<MeasurementsResult>;

  /** The scorecards as configured in this portal. */
  listScorecards(): Promise<{
    items: Scorecard[];
    problem?: ScorecardConfigurationProblem;
  }>;
  /** A scorecard as one would write it in app-config, to change it. */
  getScorecardDefinition(id: string): Promise<{ yaml: string }>;
  /** What a changed scorecard would do today; writes nothing. */
  tryScorecard(request: { scorecard: unknown }): Promise<ScorecardDryRun>;
  /** Results by entity, lowest level first. */
  listScorecardResults(
    id: string,
    query?: ScorecardResultQuery,
  ): Promise<Page<ScorecardEntityResult>>;
  /** Entities by level for every team, domain or system. */
  getScorecardRollup(
    id: string,
    query?: z.infer<typeof scorecardRoutes.getScorecardRollup.query>,
  ): Promise<ScorecardRollup>;
  /** Entities by level, one point a day. */
  getScorecardHistory(
    id: string,
    query?: z.infer<typeof scorecardRoutes.getScorecardHistory.query>,
  ): Promise<ScorecardHistory>;
  /** What moved most since a day, up and down, and which rules flipped. */
  getScorecardMovers(
    id: string,
    query?: z.infer<typeof scorecardRoutes.getScorecardMovers.query>,
  ): Promise<ScorecardMovers>;
  /** Where one entity stood on every scorecard, and why it moved. */
  getEntityScorecardHistory(
    entityRef: string,
    query?: z.infer<typeof scorecardRoutes.getEntityScorecardHistory.query>,
  ): Promise<EntityScorecardHistory>;
  /**
   * What matters today about 1 to 20 teams, systems or domains, in the order
   * asked for.
   */
  listBriefs(query: {
    kind: 'team' | 'system' | 'domain';
    ref: string[];
  }): Promise<{ items: Brief[] }>;
  /** What changed since last week for a team, or for everything. */
  getWeeklyDigest(query?: { team?: string }): Promise<WeeklyDigest>;
  /** The overview for leaders in one call. */
  getOverview(
    query?: z.infer<typeof scorecardRoutes.getOverview.query>,
  ): Promise<Overview>;
}
