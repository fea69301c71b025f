import type { Entity } from '@backstage/catalog-model';
import {
  collectFacts,
  contractSourcesOf,
  evaluateRules,
  type Attestation,
  type ComponentFacts,
  type ConfiguredRule,
  type EffectiveContract,
  type Evaluation,
  type SloStatus,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { MissingPrincipals } from '../../directory/MissingPrincipals';
import type { Organisation } from '../../directory/readOrganisation';
import { breathe } from './breathe';
import type { StreamedComponent } from './streamComponents';

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
  /** Facts that could not be had for any component, with the reason. */
  unavailable: ComponentFacts['unavailable'];
}

/** One component with its facts and what the rules say. */
export interface Judgement {
  facts: ComponentFacts;
  evaluation: Evaluation;
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
  const judgements: Judgement[] = [];
  for (const [index, { entityRef, entity }] of page.entries()) {
    await breathe(index);
    try {
      const facts = factsOf(entity, entityRef, context);
      judgements.push({
        facts,
        evaluation: evaluateRules({
          facts,
          rules: context.rules,
          context: {
            now: context.now,
            directory: context.organisation.directory,
            graceMs: context.graceMs,
            unresolvedSince: context.missing.since,
            requirements: context.requirements,
          },
          isWaived: ruleId => isWaived(entityRef, ruleId),
        }),
      });
    } catch (error) {
      onError(entityRef, error);
    }
  }
  return judgements;
}

function factsOf(
  entity: Entity,
  entityRef: string,
  context: JudgementContext,
): ComponentFacts {
  const { organisation } = context;
  return collectFacts({
    entity,
    directory: organisation.directory,
    now: context.now,
    contractEntities: organisation.contractEntities,
    sloEntities: sloEntitiesFor(entity, entityRef, organisation),
    attestation: context.attestations.get(entityRef),
    sloStatuses: context.sloStatuses.get(entityRef),
    apiConsumers: organisation.apiConsumers,
    requirements: context.requirements,
    unavailable: context.unavailable,
    unresolvedSince: context.missing.since,
  });
}

/**
 * The SLO entities that may concern a component: its own with what they share
 * (SLIs, alert policies) or, where its contract refers to SLOs by name, all.
 */
function sloEntitiesFor(
  entity: Entity,
  entityRef: string,
  organisation: Organisation,
): ReadonlyMap<string, Entity[]> {
  const { sloEntities, sharedSloParts, contractEntities } = organisation;
  const own = sloEntities.get(entityRef);
  const contracts = [entity, ...(contractEntities.get(entityRef) ?? [])];
  if (contracts.flatMap(contractSourcesOf).some(refersToSlos)) {
    const all = [...organisation.allSlos, ...sharedSloParts];
    return new Map([[entityRef, all]]);
  }
  return new Map(own && [[entityRef, [...own, ...sharedSloParts]]]);
}

function refersToSlos({ document }: { document: unknown }): boolean {
  const slos = (document as { slos?: unknown } | undefined)?.slos;
  return (
    Array.isArray(slos) &&
    slos.some(slo => typeof (slo?.ref ?? slo) === 'string')
  );
}
