import type { Entity } from '@backstage/catalog-model';
import {
  ownerPatch,
  ruleGoal,
  starterContract,
  toRunbooks,
  uncoveredAreas,
  type EffectiveContract,
  type EntityOwnership,
  type Finding,
  type Scorecard,
  type ScorecardResult,
  type SloStatus,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import { answerOnCall } from '../directory/OnCallAnswer';
import type { ComponentDocument } from '../drift/ComponentDocument';
import { toFinding, type FindingRow } from '../drift/store/FindingRow';
import { lastMove } from '../scorecard/history/lastMove';
import { toDay } from '../scorecard/scorecardHistory';
import { toHandoverBrief } from '../handover/store/openHandoverAsJson';
import { toResult } from '../scorecard/toResult';
import { declaringEntities } from './declaringEntities';
import type { EntityRow } from './readEntityRow';
import { reviewNow } from './reviewNow';

/**
 * What every answer about an entity is made with.
 */
export interface EntityContext {
  now: Date;
  /** What a tier asks for. */
  requirements: (tier: EffectiveContract['tier']) => TierRequirements;
  /** Ids of the on-call providers that are installed. */
  onCallProviders: ReadonlySet<string>;
  scorecards: readonly Scorecard[];
  titleOfRule(ruleId: string): string;
  /** Address of the portal, for TechDocs pages. */
  appBaseUrl?: string;
}

/**
 * Everything the entity page shows, from what is stored.
 */
export function toEntityOwnership(options: {
  row: EntityRow;
  findings: FindingRow[];
  slos: SloStatus[];
  may: EntityOwnership['may'];
  context: EntityContext;
}): EntityOwnership {
  const { row, slos, may, context } = options;
  const { now } = context;
  const document: ComponentDocument = JSON.parse(row.document);
  const requirements = context.requirements(document.contract.tier);
  const { contract, review } = reviewNow({
    contract: document.contract,
    contractStatus: document.contractStatus,
    entityRef: row.entity_ref,
    attestation:
      row.attested_at !== null && row.attested_by !== null
        ? { at: row.attested_at, by: row.attested_by }
        : undefined,
    requirements,
    now,
  });
  const onCall = answerOnCall({
    onCall: contract.onCall,
    stored: row,
    providers: context.onCallProviders,
    now,
  });
  const titles = { ...document.titles };
  if (row.attested_by && row.attested_by_title) {
    titles[row.attested_by] = row.attested_by_title;
  }
  for (const person of [...(onCall?.people ?? []), document.captain]) {
    if (person?.resolves) {
      titles[person.ref] = person.title;
    }
  }

  return {
    entityRef: row.entity_ref,
    title: row.title ?? undefined,
    state: row.state,
    stateSince: row.state_since,
    stateReason: row.state_reason,
    owners: document.owners,
    captain: document.captain,
    onCall,
    contract,
    contractStatus: document.contractStatus,
    contractProblems: document.contractProblems,
    review,
    findings: options.findings.map(finding =>
      toFindingOf(finding, { row, document }),
    ),
    slos,
    runbooks: toRunbooks({
      effective: contract,
      now,
      staleAfterDays: requirements.runbookStaleAfterDays,
      appBaseUrl: context.appBaseUrl,
      ...declaringEntities(document),
    }),
    uncoveredAreas: uncoveredAreas({ contract, requirements }),
    scorecards: resultsOf(row, context),
    suggestedOwners: document.suggestedOwners?.map(suggestion => ({
      ...suggestion,
      patch: ownerPatch({
        entity: document.entity as Entity,
        owner: suggestion.ref,
      }),
    })),
    handover: toHandoverBrief(row.handover),
    starterContract:
      document.contractStatus === 'missing'
        ? starterContract({
            entity: declaringEntities(document).entity,
            ownerRef: document.owners.find(owner => owner.resolves)?.ref,
            tier: contract.tier,
          })
        : undefined,
    titles,
    checkedAt: row.scanned_at ?? undefined,
    may,
  };
}

function toFindingOf(
  finding: FindingRow,
  of: { row: EntityRow; document: ComponentDocument },
): Finding {
  return toFinding(finding, {
    ownerRefs: of.document.owners.map(owner => owner.ref),
    entityTitle: of.row.title ?? undefined,
    lastScanAt: of.row.scanned_at ?? undefined,
  });
}

/** In the order the scorecards are configured in. */
function resultsOf(row: EntityRow, context: EntityContext): ScorecardResult[] {
  return context.scorecards.flatMap(scorecard =>
    row.scorecards
      .filter(result => result.scorecard_id === scorecard.id)
      .map(result => ({
        ...toResult({
          scorecard,
          row: result,
          titleOf: id => context.titleOfRule(id),
        }),
        lastMove: lastMove({
          scorecard,
          changes: row.level_changes,
          today: toDay(context.now),
          titleOf: id => ruleGoal(id) ?? context.titleOfRule(id),
        }),
      })),
  );
}
