import { hash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import {
  collectFacts,
  contractSourcesOf,
  evaluateRules,
  type Attestation,
  type ComponentFacts,
  type ConfiguredRule,
  type CostValue,
  type EffectiveContract,
  type Evaluation,
  type HandoverFact,
  type OwnershipState,
  type RunbookCheck,
  type SloStatus,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { MissingPrincipals } from '../../directory/MissingPrincipals';
import type { Organisation } from '../../directory/readOrganisation';
import { addDependencies } from './addDependencies';
import { breathe } from './breathe';
import { MissWatch } from './MissWatch';
import type { StreamedComponent } from './streamComponents';

const NONE: ReadonlyMap<string, RunbookCheck> = new Map();
const NO_SLOS: ReadonlyMap<string, Entity[]> = new Map();

/** Everything a scan judges by. */
export interface JudgementContext {
  now: Date;
  organisation: Organisation;
  missing: MissingPrincipals;
  rules: readonly ConfiguredRule[];
  graceMs: number;
  requirements: (tier: EffectiveContract['tier']) => TierRequirements;
  attestations: ReadonlyMap<string, Attestation>;
  sloStatuses: ReadonlyMap<string, SloStatus[]>;
  /** Costs by component; absent where none were ever pushed. */
  costValues?: ReadonlyMap<string, CostValue[]>;
  /** Open handovers by component. */
  handovers?: ReadonlyMap<string, HandoverFact>;
  /** Whether runbooks can be opened, by component and address; absent where nobody looks. */
  runbookChecks?: ReadonlyMap<string, ReadonlyMap<string, RunbookCheck>>;
  /** Facts that could not be had for any component, with the reason. */
  unavailable: ComponentFacts['unavailable'];
  /** The states the last scan stored of components; for the rules about dependencies. */
  statesOf?: (
    entityRefs: string[],
  ) => Promise<ReadonlyMap<string, OwnershipState>>;
  /** Load of owning groups by the last scan; for the rule about overload. */
  ownerLoads?: ReadonlyMap<string, number>;
}

/** One component with its facts and what the rules say. */
export interface Judgement {
  facts: ComponentFacts;
  evaluation: Evaluation;
  /** Refs that it names and that resolve to nothing, with since when. */
  missed: ReadonlyMap<string, Date>;
  /**
   * The same as long as the entity, the organisation and what is missed are,
   * until `validUntil`.
   */
  repeatable: boolean;
}

/**
 * Judges a page of components. Lets other work through after every slice.
 *
 * A component that breaks its judgement is left out and reported by
 * `onError`; whatever was known of it stays.
 */
export async function judgeComponents(options: {
  page: StreamedComponent[];
  context: JudgementContext;
  isWaived: (entityRef: string, ruleId: string) => boolean;
  onError: (entityRef: string, error: unknown) => void;
}): Promise<Judgement[]> {
  const { page, context, isWaived, onError } = options;
  const collected: Array<{ facts: ComponentFacts; watch: MissWatch }> = [];
  for (const [index, { entityRef, entity }] of page.entries()) {
    await breathe(index);
    try {
      const watch = new MissWatch(context.missing);
      const { since: unresolvedSince } = watch;
      const facts = factsOf({ entity, entityRef, context, unresolvedSince });
      collected.push({ facts, watch });
    } catch (error) {
      onError(entityRef, error);
    }
  }
  await addDependencies(
    collected.map(({ facts }) => facts),
    context,
  );
  const judgements: Judgement[] = [];
  for (const [index, { facts, watch }] of collected.entries()) {
    await breathe(index);
    const { entityRef } = facts;
    try {
      const evaluation = evaluateRules({
        facts,
        rules: context.rules,
        context: {
          now: context.now,
          directory: context.organisation.directory,
          graceMs: context.graceMs,
          unresolvedSince: watch.since,
          requirements: context.requirements,
        },
        isWaived: ruleId => isWaived(entityRef, ruleId),
      });
      judgements.push({
        facts,
        evaluation,
        missed: watch.missed,
        repeatable: isRepeatable(facts, evaluation, context),
      });
    } catch (error) {
      onError(entityRef, error);
    }
  }
  return judgements;
}

function factsOf(options: {
  entity: Entity;
  entityRef: string;
  context: JudgementContext;
  unresolvedSince: (ref: string) => Date | undefined;
}): ComponentFacts {
  const { entity, entityRef, context, unresolvedSince } = options;
  const { organisation } = context;
  const facts = collectFacts({
    entity,
    directory: organisation.directory,
    now: context.now,
    contractEntities: organisation.contractEntities,
    sloEntities: sloEntitiesFor(entity, entityRef, organisation),
    attestation: context.attestations.get(entityRef),
    sloStatuses: context.sloStatuses.get(entityRef),
    costValues: context.costValues && (context.costValues.get(entityRef) ?? []),
    handover: context.handovers?.get(entityRef),
    runbookChecks:
      context.runbookChecks && (context.runbookChecks.get(entityRef) ?? NONE),
    apiConsumers: organisation.apiConsumers,
    requirements: context.requirements,
    unavailable: context.unavailable,
    unresolvedSince,
  });
  facts.ownerLoads = context.ownerLoads;
  return facts;
}

/**
 * Whether a judgement hangs on the entity, the organisation, what is reported
 * on it and time only, and not on other components.
 */
function isRepeatable(
  { entityRef, contract, dependencies }: ComponentFacts,
  { outcomes }: Evaluation,
  context: JudgementContext,
): boolean {
  return (
    contract.status !== 'unreadable' &&
    dependencies === undefined &&
    !outcomes.some(isBroken) &&
    reportsOn(entityRef, context) !== undefined
  );
}

function isBroken({ outcome }: Evaluation['outcomes'][number]): boolean {
  return outcome.status === 'unknown' && outcome.broken === true;
}

/**
 * What people, SLI sources, bills, handovers and runbooks say of a component, in short: another
 * text as soon as any of them says something else, and none where nobody says
 * anything. `undefined` where one of them cannot be asked.
 */
export function reportsOn(
  entityRef: string,
  context: Pick<
    JudgementContext,
    | 'attestations'
    | 'sloStatuses'
    | 'costValues'
    | 'handovers'
    | 'runbookChecks'
    | 'unavailable'
  >,
): string | undefined {
  if (Object.keys(context.unavailable).length > 0) {
    return undefined;
  }
  const attestation = context.attestations.get(entityRef);
  const statuses = context.sloStatuses.get(entityRef);
  const costs = context.costValues?.get(entityRef);
  const handover = context.handovers?.get(entityRef);
  const checks = context.runbookChecks?.get(entityRef);
  if (!attestation && !statuses && !costs && !handover && !checks) {
    return '';
  }
  // When it was worked out is not what it says.
  const said = statuses?.map(({ evaluatedAt: _at, ...status }) => status);
  const all = [attestation, said, costs, handover, checks && [...checks]];
  return hash('sha1', JSON.stringify(all), 'base64');
}

/**
 * The SLO entities that may concern a component: its own, with what they share
 * (SLIs, alert policies) where there are any or its contract names such; and
 * all of them where its contract names SLOs.
 */
function sloEntitiesFor(
  entity: Entity,
  entityRef: string,
  organisation: Organisation,
): ReadonlyMap<string, Entity[]> {
  const { sloEntities, sharedSloParts, contractEntities } = organisation;
  const own = sloEntities.get(entityRef);
  const contracts = [entity, ...(contractEntities.get(entityRef) ?? [])];
  const named = new Set(contracts.flatMap(contractSourcesOf).map(namedBySlos));
  if (named.has('slos')) {
    const all = [...organisation.allSlos, ...sharedSloParts];
    return new Map([[entityRef, all]]);
  }
  return own || named.has('parts')
    ? new Map([[entityRef, [...(own ?? []), ...sharedSloParts]]])
    : NO_SLOS;
}

/** What the SLOs of a contract name of the catalog; what they do not may be left out. */
function namedBySlos(source: {
  document: unknown;
}): 'slos' | 'parts' | undefined {
  const slos = (source.document as { slos?: unknown } | undefined)?.slos;
  if (!Array.isArray(slos) || slos.length === 0) {
    return undefined;
  }
  const text = JSON.stringify(slos);
  if (
    slos.some(slo => typeof (slo?.ref ?? slo) === 'string') ||
    text.includes('"sloRef":')
  ) {
    return 'slos';
  }
  return /Ref":|"alertPolicies":/.test(text) ? 'parts' : undefined;
}
