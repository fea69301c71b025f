import type { Directory } from '../directory';
import type { ComponentFacts } from './types';

/**
 * A kind of evidence that a group could be the owner.
 *
 * @public
 */
export type OwnerSignal =
  | 'accepted'
  | 'former-owner'
  | 'former-parent'
  | 'successor'
  | 'team-of-owner'
  | 'captain'
  | 'reviewer'
  | 'responsibility'
  | 'escalation'
  | 'system'
  | 'domain'
  | 'dependents'
  | 'repository'
  | 'system-neighbours'
  | 'owner-name'
  | 'component-name';

/**
 * One reason why a group could be the owner.
 *
 * @internal
 */
export interface Signal {
  kind: OwnerSignal;
  ref: string | undefined;
  /** How often, from 0 to 1, this signal alone would be right. */
  weight: number;
  reason: string;
}

/**
 * Above whatever the other signals come to.
 *
 * @internal
 */
export function acceptedSignal(ref: string): Signal {
  return {
    kind: 'accepted',
    ref,
    weight: 0.9999,
    reason: 'it was accepted as owner, and the catalog does not say so yet',
  };
}

/** @internal */
export function contractSignals(
  facts: ComponentFacts,
  directory: Directory,
): Signal[] {
  const {
    captain,
    responsibilities = {},
    escalation = [],
    review,
  } = facts.effective;
  const reviewer = review?.reviewedBy;
  return [
    ...(captain ? directory.groupsOf(captain) : []).map(ref => ({
      kind: 'captain' as const,
      ref,
      weight: 0.5,
      reason: `the captain, ${directory.get(captain!)?.title}, is on it`,
    })),
    ...(reviewer ? directory.groupsOf(reviewer) : []).map(ref => ({
      kind: 'reviewer' as const,
      ref,
      weight: 0.35,
      reason: `${
        directory.get(reviewer!)?.title
      }, who last reviewed the contract, is on it`,
    })),
    ...once(Object.values(responsibilities)).map(ref => ({
      kind: 'responsibility' as const,
      ref,
      weight: 0.4,
      reason: `the contract gives it responsibility for ${Object.keys(
        responsibilities,
      )
        .filter(key => responsibilities[key] === ref)
        .slice(0, 3)
        .join(', ')}`,
    })),
    ...once(escalation.map(({ to }) => to)).map(ref => ({
      kind: 'escalation' as const,
      ref,
      weight: 0.25,
      reason: 'the contract escalates to it',
    })),
  ];
}

/** @internal */
export function neighbourSignals(options: {
  systemOwners?: readonly string[];
  domainOwners?: readonly string[];
  dependentOwners?: ReadonlyArray<readonly string[]>;
  repositoryOwners?: ReadonlyMap<string, number>;
  systemNeighbourOwners?: ReadonlyMap<string, number>;
}): Signal[] {
  const {
    systemOwners = [],
    domainOwners = [],
    dependentOwners = [],
    repositoryOwners = new Map(),
    systemNeighbourOwners = new Map(),
  } = options;
  const counts = new Map<string, number>();
  for (const owners of dependentOwners) {
    once(owners).forEach(ref => counts.set(ref, (counts.get(ref) ?? 0) + 1));
  }
  return [
    ...shares(repositoryOwners).map(({ ref, count, of }) => ({
      kind: 'repository' as const,
      ref,
      weight: 0.55 * (count / of),
      reason:
        of === 1
          ? 'it owns the other component in the same repository'
          : `it owns ${count} of ${of} components in the same repository`,
    })),
    ...shares(systemNeighbourOwners).map(({ ref, count, of }) => ({
      kind: 'system-neighbours' as const,
      ref,
      weight: 0.35 * (count / of),
      reason:
        of === 1
          ? 'it owns the other component in the same system'
          : `it owns ${count} of ${of} components in the same system`,
    })),
    ...once(systemOwners).map(ref => ({
      kind: 'system' as const,
      ref,
      weight: 0.5,
      reason: 'it owns the system this is part of',
    })),
    ...once(domainOwners).map(ref => ({
      kind: 'domain' as const,
      ref,
      weight: 0.2,
      reason: 'it owns the domain this is part of',
    })),
    ...[...counts].map(([ref, count]) => ({
      kind: 'dependents' as const,
      ref,
      weight: 0.4 * (count / dependentOwners.length),
      reason:
        dependentOwners.length === 1
          ? 'it owns the one component that depends on this'
          : `it owns ${count} of the ${dependentOwners.length} components that depend on this`,
    })),
  ];
}

/** What each owns of all that is owned. */
function shares(
  counts: ReadonlyMap<string, number>,
): Array<{ ref: string; count: number; of: number }> {
  const of = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts].map(([ref, count]) => ({ ref, count, of }));
}

/**
 * Each item once.
 *
 * @internal
 */
export function once(items: readonly string[]): string[] {
  return [...new Set(items)];
}

/**
 * The name in a ref, whatever its namespace.
 *
 * @internal
 */
export function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}
