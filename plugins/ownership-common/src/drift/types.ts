import type { Entity } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import type {
  ContractState,
  EffectiveContract,
  Problem,
  TierRequirements,
} from '../contract';
import type { Directory } from '../directory';
import type { HandoverFact } from '../handover/types';
import type { MonthlyCost } from '../measure/costState';
import type { RunbookCheck } from '../runbook';
import type { SloDefinition, SloStatus } from '../slo';
import type { Evidence, OwnershipState, Severity } from './schema';

/**
 * An `ownedBy` target of a component.
 *
 * @public
 */
export interface OwnerFact {
  /** Canonical lower-case ref; of a renamed group the new one. */
  ref: string;
  /** The old ref, where the entity names the owner by one. */
  writtenAs?: string;
  /** What people call it; the name where it is not in the catalog. */
  title: string;
  /** Whether it is in the catalog. */
  resolves: boolean;
  /** For one that does not resolve: since when, as far as the scans saw it. */
  unresolvedSince?: Date;
  /** Users in the whole sub-tree of a group. */
  memberCount: number;
  /** How many of them are active. */
  activeMemberCount: number;
}

/**
 * What the last scan stored of something a component cannot work without.
 *
 * @public
 */
export interface DependencyFact {
  /** Its ownership state; absent where it was not judged. */
  state?: OwnershipState;
  /** Its strictest objective, `0 < objective < 1`; absent where it has none. */
  objective?: number;
}

/**
 * Everything the rules may know about one component. Built from the catalog
 * and the stores by `collectFacts`; a part that could not be had is listed in
 * `unavailable` and the rules that need it answer `unknown`.
 *
 * @public
 */
export interface ComponentFacts {
  /** Canonical lower-case ref. */
  entityRef: string;
  /** The entity as far as it was read: kind, metadata, spec, relations. */
  entity: Entity;
  /**
   * Canonical targets of the `ownedBy` relations, each once. An entity without
   * any such relation is taken by its `spec.owner`.
   */
  owners: OwnerFact[];
  /** Text of `spec.owner`, if any. */
  declaredOwner?: string;
  /** The contract as found, and whether it may be used. */
  contract: ContractState;
  /** What is in force: the contract, else what the catalog says. */
  effective: EffectiveContract;
  /** SLO definitions of the contract and of SLO entities for this component. */
  slos: SloDefinition[];
  /** SLOs that are written down and could not be read, with the reason. */
  sloProblems: Problem[];
  /** What the SLI store says; absent where no SLI was ever seen. */
  sloStatuses: SloStatus[];
  /** Refs of entities that depend on this one, or consume an API that nobody else provides; each once. */
  dependents: string[];
  /**
   * What the last scan stored of the hard dependencies of the contract, by ref,
   * as far as it saw them; absent where nobody looked.
   */
  dependencies?: ReadonlyMap<string, DependencyFact>;
  /**
   * Tier-weighted components per active member of each owning group, as the
   * last scan stored them; absent where nobody asked.
   */
  ownerLoads?: ReadonlyMap<string, number>;
  /**
   * What the component cost in the last months, with its budget; absent where
   * no cost was ever pushed to this portal.
   */
  measures?: { costs: MonthlyCost[] };
  /** The open handover it is in; absent where there is none. */
  handover?: HandoverFact;
  /** Whether its runbooks can be opened, by address; absent where nobody looks. */
  runbookChecks?: ReadonlyMap<string, RunbookCheck>;
  /** Facts that could not be had, by name, with the reason in words. */
  unavailable: Partial<Record<'contract' | 'slo' | 'directory', string>>;
}

/**
 * What a rule is given beside the facts.
 *
 * @public
 */
export interface RuleContext<TParameters = Record<string, unknown>> {
  /** The moment of the verdict. */
  now: Date;
  /** The groups and users of the catalog. */
  directory: Directory;
  /** The rule's parameters as configured. */
  parameters: TParameters;
  /**
   * For a principal that does not resolve: `gone` once it has been missing
   * for the grace period, `waiting` before that, `there` if it resolves.
   */
  presence(ref: string): 'there' | 'waiting' | 'gone';
  /** For a principal that is `waiting`: when it will count as gone. */
  goneAt(ref: string): Date;
  /** What a tier asks for, as configured. */
  requirements(tier: EffectiveContract['tier']): TierRequirements;
}

/**
 * What a rule says of one component.
 *
 * @public
 */
export type RuleOutcome =
  | {
      status: 'pass';
      /** True where the rule asks nothing of this component, by its kind, type, lifecycle or tier. */
      notAsked?: boolean;
      /** When time alone may turn it into a failure. */
      validUntil?: Date;
    }
  | {
      status: 'fail';
      /** One sentence about this component; plain text. */
      message: string;
      evidence: Evidence[];
      /** The next step for this component, where it is more exact than the rule's `fix`. */
      remediation?: string;
      /** Where the component makes it better or worse than the rule says; a configured severity wins. */
      severity?: Severity;
      /** False where the rule orphans, but somebody else still answers for this component. */
      orphans?: boolean;
      /** When it may heal or change by time alone. */
      validUntil?: Date;
    }
  | {
      status: 'unknown';
      /** Why it cannot be told, in words. */
      reason: string;
      /** True where the rule threw; set by `evaluateRules`. */
      broken?: boolean;
      /** When it is worth asking again. */
      validUntil?: Date;
      /** False where the rule orphans, but ownership itself does not hang on the answer. */
      orphans?: boolean;
      /**
       * Rule that fails and is the cause; set by `evaluateRules`. What it hides
       * is not a finding of its own: an open one closes as `superseded`.
       */
      maskedBy?: string;
    };

/**
 * A drift rule: a pure function of facts with what people need to know about it.
 *
 * @public
 */
export interface DriftRule<TParameters = any> {
  /** Public and stable: `owner-missing`. */
  id: string;
  /** What is wrong when it fails: "Nobody is named as owner". */
  title: string;
  /** Why it matters; one or two sentences. */
  why: string;
  /** How to fix it; one or two sentences. */
  fix: string;
  /** How much a failure matters, unless configured otherwise. */
  severity: Severity;
  /** True if a component that fails it has nobody who answers for it. */
  orphans?: boolean;
  /**
   * Earlier rules that, where they fail, are the cause: this rule, unless it passes,
   * is then no finding of its own but `unknown`, with the cause in `maskedBy`.
   */
  consequenceOf?: readonly string[];
  /** True if nobody could act on it while the component is orphaned: hidden by the rule that orphans. */
  needsOwner?: boolean;
  /** Entities it is about; all without one. The configuration may set another. */
  appliesTo?: FilterPredicate;
  /** Parameters with their defaults. */
  defaults?: TParameters;
  /** The values that a parameter, or each item of it, may have, where not any will do. */
  accepts?: Readonly<
    Partial<Record<keyof TParameters & string, readonly string[]>>
  >;
  /** A catalog-info.yaml or contract snippet that passes. */
  example?: string;
  /** False for a rule that is off until the configuration switches it on. */
  enabledByDefault?: boolean;
  /** Where it is explained; an http(s) address. */
  docsUrl?: string;
  /** Where the rule comes from; without it, one that is built in or brought by a module. */
  origin?: 'configuration';
  /**
   * Paths below `spec` or `status` that it reads beside what is always there: type,
   * lifecycle, owner, system, domain, subcomponentOf and ownershipContract.
   */
  reads?: readonly string[];
  /** Must not throw for any facts; a rule that throws is isolated as `unknown`. */
  evaluate(
    facts: ComponentFacts,
    context: RuleContext<TParameters>,
  ): RuleOutcome;
}

/**
 * A rule as the configuration has it: `severity` is the configured one.
 *
 * @public
 */
export interface ConfiguredRule extends DriftRule {
  /** False where the configuration switched it off: it is not evaluated. */
  enabled: boolean;
  /** True where the configuration sets the severity; a rule may not change it then. */
  severityConfigured: boolean;
  /** Defaults with what the configuration sets instead. */
  parameters: Record<string, unknown>;
  /** Whether the rule is about this entity at all. */
  applies(entity: Entity): boolean;
}
