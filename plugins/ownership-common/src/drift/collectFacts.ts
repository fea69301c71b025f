import type { Entity } from '@backstage/catalog-model';
import {
  contractSourcesOf,
  effectiveContract,
  resolveContractState,
} from '../contract';
import type {
  Attestation,
  EffectiveContract,
  TierRequirements,
} from '../contract';
import { entityRefOf, normalizeRef } from '../directory';
import type { Directory } from '../directory';
import type { HandoverFact } from '../handover/types';
import { readSlos } from '../slo';
import { monthlyCosts } from '../measure/costState';
import type { CostValue } from '../measure/costState';
import type { SloStatus } from '../slo';
import { plainText } from './plainText';
import type { RunbookCheck } from '../runbook';
import { relationTargets } from './relationTargets';
import type { ComponentFacts, OwnerFact } from './types';

/**
 * What the facts of one component are made of. Everything but the entity and
 * the directory may be absent; what could not be had goes into `unavailable`.
 *
 * @public
 */
export interface CollectFactsOptions {
  /** The component, with relations. */
  entity: Entity;
  /** The groups and users of the catalog. */
  directory: Directory;
  /** The moment the facts are of. */
  now: Date;
  /** Entities of kind OwnershipContract by the canonical ref of each component they speak for. */
  contractEntities?: ReadonlyMap<string, readonly Entity[]>;
  /**
   * Entities of kind SLO by the canonical ref of the component they are for,
   * with whatever else its SLOs may refer to: shared SLOs, SLI, AlertPolicy, …
   */
  sloEntities?: ReadonlyMap<string, readonly Entity[]>;
  /** The owner's last statement that the contract is right. */
  attestation?: Attestation;
  /** What the SLI store says of the component. */
  sloStatuses?: readonly SloStatus[];
  /** What the component cost; absent where no cost was ever pushed to this portal. */
  costValues?: readonly CostValue[];
  /** The open handover it is in. */
  handover?: HandoverFact;
  /** Whether its runbooks can be opened, by address; absent where nobody looks. */
  runbookChecks?: ReadonlyMap<string, RunbookCheck>;
  /** Refs of consumers by the canonical ref of an API that only one component provides. */
  apiConsumers?: ReadonlyMap<string, readonly string[]>;
  /** What a tier asks for; the built-in table without. */
  requirements?: (tier: EffectiveContract['tier']) => TierRequirements;
  /** Facts that could not be had, with the reason in words. */
  unavailable?: ComponentFacts['unavailable'];
  /** Since when a ref resolves to nothing; `undefined` where that is new. */
  unresolvedSince?: (ref: string) => Date | undefined;
}

/**
 * Builds the facts of one component, all that its rules may know.
 *
 * @throws TypeError for an object that has no kind and name and so cannot
 *   have come out of a catalog.
 *
 * @public
 */
export function collectFacts(options: CollectFactsOptions): ComponentFacts {
  const { entity } = options;
  const unavailable = unavailableFacts(options);
  const entityRef = entityRefOf(entity);
  if (!entityRef) {
    throw new TypeError('An entity needs a kind and a metadata.name');
  }
  const contractEntities = options.contractEntities?.get(entityRef) ?? [];
  const contract = resolveContractState({
    sources: [entity, ...contractEntities].flatMap(contractSourcesOf),
    unreadable: unavailable.contract,
  });
  const effective = effectiveContract({
    entity,
    state: contract,
    contractEntity: contractEntities[0],
    attestation: options.attestation,
    now: options.now,
    requirements: options.requirements,
  });
  const { slos, problems } = readSlos({
    contract: contract.contract,
    entityRef,
    sloEntities: [...(options.sloEntities?.get(entityRef) ?? [])],
  });

  return {
    entityRef,
    entity,
    owners: owners(options),
    declaredOwner: declaredOwner(entity),
    contract,
    effective,
    slos,
    sloProblems: problems,
    sloStatuses: [...(options.sloStatuses ?? [])],
    dependents: dependents(options, entityRef),
    ...(options.costValues && {
      measures: {
        costs: monthlyCosts({
          values: options.costValues,
          budget: effective.cost?.monthlyBudget,
          now: options.now,
        }),
      },
    }),
    handover: options.handover,
    runbookChecks: options.runbookChecks,
    unavailable,
  };
}

/**
 * Canonical refs of the owners of an entity: the targets of its `ownedBy`
 * relations or, where it has none, its `spec.owner`. A target that cannot be
 * read as a ref stays, as text: it is an owner that resolves to nothing.
 *
 * @public
 */
export function ownerRefs(entity: Entity): string[] {
  const targets = relationTargets(entity, 'ownedBy');
  if (targets.length > 0) {
    return targets;
  }
  const declared = declaredOwner(entity);
  if (!declared) {
    return [];
  }
  const namespace = entity.metadata.namespace || undefined;
  return [
    normalizeRef(declared, { kind: 'group', namespace }) ??
      declared.toLocaleLowerCase('en-US'),
  ];
}

// A catalog without a single group or user was never given its organisation:
// that is one thing to mend, and no reason to call every component orphaned.
function unavailableFacts(
  options: CollectFactsOptions,
): ComponentFacts['unavailable'] {
  return options.directory.size > 0
    ? options.unavailable ?? {}
    : {
        directory:
          'the catalog has none. Import the organisation, for example from its identity provider',
        ...options.unavailable,
      };
}

function declaredOwner(entity: Entity): string | undefined {
  const owner = (entity.spec as { owner?: unknown } | undefined)?.owner;
  return typeof owner === 'string'
    ? plainText(owner, { max: 300 }) || undefined
    : undefined;
}

/** Each owner once, though it may be named by an old ref and a new one. */
function owners(options: CollectFactsOptions): OwnerFact[] {
  const { entity, directory, unresolvedSince } = options;
  const described = ownerRefs(entity).map(ref =>
    describeOwner({ ref, directory, unresolvedSince }),
  );
  if (described.length < 2) {
    return described;
  }
  const facts = new Map<string, OwnerFact>();
  for (const owner of described) {
    const before = facts.get(owner.ref);
    facts.set(owner.ref, {
      ...owner,
      writtenAs: owner.writtenAs ?? before?.writtenAs,
    });
  }
  return [...facts.values()];
}

function describeOwner(options: {
  ref: string;
  directory: Directory;
  unresolvedSince?: (ref: string) => Date | undefined;
}): OwnerFact {
  const { ref, directory } = options;
  const principal = directory.get(ref);
  return {
    ref: principal?.ref ?? ref,
    writtenAs: principal && principal.ref !== ref ? ref : undefined,
    title: plainText(principal?.title ?? ref.slice(ref.indexOf('/') + 1)),
    resolves: principal !== undefined,
    unresolvedSince: principal ? undefined : options.unresolvedSince?.(ref),
    memberCount: principal?.memberCount ?? 0,
    activeMemberCount: principal?.activeMemberCount ?? 0,
  };
}

function dependents(options: CollectFactsOptions, self: string): string[] {
  const { entity, apiConsumers } = options;
  const named = [
    ...relationTargets(entity, 'dependencyOf'),
    ...relationTargets(entity, 'apiConsumedBy'),
    ...relationTargets(entity, 'providesApi').flatMap(
      api => apiConsumers?.get(api) ?? [],
    ),
  ];
  if (named.length === 0) {
    return named;
  }
  const refs = new Set(named);
  refs.delete(self);
  return [...refs];
}
