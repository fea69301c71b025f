import type { Entity } from '@backstage/catalog-model';
import type { ContractState } from '../contract';
import type { EffectiveContract } from '../contract';
import type { Directory } from '../directory';
import type { SloDefinition, SloStatus } from '../slo';
import type { Evidence, Severity } from './schema';

/**
 * An `ownedBy` target of a component.
 *
 * @public
 */
export interface OwnerFact {
  /** Canonical lower-case ref. */
  ref: string;
  title: string;
  /** Whether it is in the catalog. */
  resolves: boolean;
  /** For one that does not resolve: since when, as far as the scans saw it. */
  unresolvedSince?: Date;
  /** Users in the whole sub-tree of a group. */
  memberCount: number;
  activeMemberCount: number;
}

/**
 * Everything the rules may know about one component. Built from the catalog
 * and the stores by `collectFacts`; a part that could not be had is listed in
 * `unavailable` and the rules that need it answer `unknown`.
 *
 * @public
 */
export interface ComponentFacts {
  entityRef: string;
  /** The entity as far as it was read: kind, metadata, spec, relations. */
  entity: Entity;
  /** Canonical targets of the `ownedBy` relations. */
  owners: OwnerFact[];
  /** Text of `spec.owner`, if any. */
  declaredOwner?: string;
  contract: ContractState;
  effective: EffectiveContract;
  /** SLO definitions of the contract and of SLO entities for this component. */
  slos: SloDefinition[];
  /** What the SLI store says; absent where no SLI was ever seen. */
  sloStatuses: SloStatus[];
  /** Refs of entities that depend on this one or consume its APIs. */
  dependents: string[];
  /** Facts that could not be had, by name, with the reason in words. */
  unavailable: Partial<Record<'contract' | 'slo' | 'directory', string>>;
}

/**
 * What a rule is given beside the facts.
 *
 * @public
 */
export interface RuleContext<TParameters = Record<string, unknown>> {
  now: Date;
  directory: Directory;
  parameters: TParameters;
  /**
   * For a principal that does not resolve: `gone` once it has been missing
   * for the grace period, `waiting` before that, `there` if it resolves.
   */
  presence(ref: string): 'there' | 'waiting' | 'gone';
}

/**
 * What a rule says of one component.
 *
 * @public
 */
export type RuleOutcome =
  | {
      status: 'pass';
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
    }
  | {
      status: 'unknown';
      /** Why it cannot be told, in words. */
      reason: string;
      /** When it is worth asking again. */
      validUntil?: Date;
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
  severity: Severity;
  /** True if a component that fails it has nobody who answers for it. */
  orphans?: boolean;
  /** Parameters with their defaults. */
  defaults?: TParameters;
  /** A catalog-info.yaml or contract snippet that passes. */
  example?: string;
  /** Must not throw for any facts; a rule that throws is isolated as `unknown`. */
  evaluate(
    facts: ComponentFacts,
    context: RuleContext<TParameters>,
  ): RuleOutcome;
}
