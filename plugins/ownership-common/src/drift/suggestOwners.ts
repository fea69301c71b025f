import type { Directory, Principal } from '../directory';
import { nameLikeness, nameWords } from './nameLikeness';
import { plainText } from './plainText';
import type { ComponentFacts } from './types';

/**
 * A group that could be the owner, and why.
 *
 * @public
 */
export interface OwnerSuggestion {
  /** Ref of the group. */
  ref: string;
  /** What people call the group. */
  title: string;
  /** 0 to 1: how likely it is, as far as the signals tell. Several signals add up, none makes it certain. */
  confidence: number;
  /** The signals in words, the strongest first, in one sentence without a full stop. */
  reason: string;
  /** The kinds of the signals, each once: what is learned from an answer. */
  signals: OwnerSignal[];
}

/**
 * A kind of evidence that a group could be the owner.
 *
 * @public
 */
export type OwnerSignal =
  | 'accepted'
  | 'former-owner'
  | 'former-parent'
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
 * What people answered to earlier suggestions.
 *
 * @public
 */
export interface OwnerDecisions {
  /** Groups that were accepted for this very component. */
  accepted: readonly string[];
  /** Groups that were rejected for this very component. */
  rejected: readonly string[];
  /** How often this group was accepted and rejected on this kind of evidence, over all components. */
  record(
    ownerRef: string,
    signal: OwnerSignal,
  ): { accepted: number; rejected: number };
}

interface Signal {
  kind: OwnerSignal;
  ref: string | undefined;
  /** How often, from 0 to 1, this signal alone would be right. */
  weight: number;
  reason: string;
}

/**
 * Ranks the groups that could take over a component, from what one scan
 * knows: who already bears some responsibility for it, what its old owner
 * belonged to, who owns what it is part of or what needs it, and whose name
 * it bears. Only groups with somebody active on them are suggested, and never
 * an owner that is named already.
 *
 * The signals of one group are combined as independent chances: two of 0.5
 * give 0.75. Equal confidence is ordered by ref.
 *
 * What was rejected for this component is not suggested for it again, what was
 * accepted comes first. Elsewhere a signal that was rejected for a group counts
 * less for it: its weight times (1 + accepted) / (1 + accepted + rejected).
 *
 * @param options - `systemOwners`, `domainOwners`: owners of the system and
 *   the domain the component is part of. `dependentOwners`: of each component
 *   that depends on it, its owners. `formerParent`: the group above a group
 *   that is gone, as far as it is remembered. `formerOwners`: who owned the
 *   component before. `repositoryOwners`, `systemNeighbourOwners`: how many
 *   components each group owns in the same repository and the same system.
 *   `decisions`: what people answered before. `limit`: default 5.
 *
 * @public
 */
export function suggestOwners(options: {
  facts: ComponentFacts;
  directory: Directory;
  systemOwners?: readonly string[];
  domainOwners?: readonly string[];
  dependentOwners?: ReadonlyArray<readonly string[]>;
  formerParent?: (groupRef: string) => string | undefined;
  formerOwners?: readonly string[];
  repositoryOwners?: ReadonlyMap<string, number>;
  systemNeighbourOwners?: ReadonlyMap<string, number>;
  decisions?: OwnerDecisions;
  limit?: number;
}): OwnerSuggestion[] {
  const { facts, directory, decisions, limit = 5 } = options;
  const taken = new Set(facts.owners.map(({ ref }) => ref));
  const candidates = new Map<string, { group: Principal; signals: Signal[] }>();

  for (const signal of [
    ...(decisions?.accepted ?? []).map(acceptedSignal),
    ...formerOwnerSignals(options),
    ...contractSignals(facts, directory),
    ...neighbourSignals(options),
    ...namingSignals(facts, directory),
  ]) {
    const group = signal.ref && directory.get(signal.ref);
    if (
      !group ||
      group.kind !== 'group' ||
      group.activeMemberCount === 0 ||
      taken.has(group.ref) ||
      decisions?.rejected.includes(group.ref)
    ) {
      continue;
    }
    const candidate = candidates.get(group.ref) ?? { group, signals: [] };
    candidate.signals.push(trusted(signal, group.ref, decisions));
    candidates.set(group.ref, candidate);
  }

  return [...candidates.values()]
    .map(({ group, signals }) => ({
      ref: group.ref,
      title: group.title,
      confidence: combine(signals),
      reason: inWords(signals),
      signals: [...new Set(signals.map(({ kind }) => kind))],
    }))
    .sort(
      (a, b) =>
        Number(isAccepted(b)) - Number(isAccepted(a)) ||
        b.confidence - a.confidence ||
        (a.ref < b.ref ? -1 : 1),
    )
    .slice(0, limit);
}

/** Above whatever the other signals come to. */
function acceptedSignal(ref: string): Signal {
  return {
    kind: 'accepted',
    ref,
    weight: 0.9999,
    reason: 'it was accepted as owner, and the catalog does not say so yet',
  };
}

function isAccepted({ signals }: OwnerSuggestion): boolean {
  return signals.includes('accepted');
}

function trusted(
  signal: Signal,
  ownerRef: string,
  decisions: OwnerDecisions | undefined,
): Signal {
  const record = decisions?.record(ownerRef, signal.kind);
  if (!record) {
    return signal;
  }
  const { accepted, rejected } = record;
  const trust = (1 + accepted) / (1 + accepted + rejected);
  return { ...signal, weight: signal.weight * trust };
}

function formerOwnerSignals(options: {
  facts: ComponentFacts;
  directory: Directory;
  formerParent?: (groupRef: string) => string | undefined;
  formerOwners?: readonly string[];
}): Signal[] {
  const { facts, directory, formerParent, formerOwners = [] } = options;
  const named = new Set(facts.owners.map(({ ref }) => ref));
  const signalsOf = (ref: string, title: string): Signal[] => {
    const owner = directory.get(ref);
    if (owner?.kind === 'user') {
      return directory.groupsOf(ref).map(group => ({
        kind: 'team-of-owner' as const,
        ref: group,
        weight: 0.6,
        reason: `it is the team of ${title}, who ${
          named.has(ref) ? 'is named as owner' : 'owned it before'
        }`,
      }));
    }
    return [
      {
        kind: 'former-parent',
        ref: owner ? owner.parent : formerParent?.(ref),
        weight: 0.55,
        reason: `${title} belonged to it`,
      },
    ];
  };
  return [
    ...facts.owners.flatMap(({ ref, title }) => signalsOf(ref, title)),
    ...once(formerOwners)
      .filter(ref => !named.has(ref))
      .flatMap(ref => [
        {
          kind: 'former-owner' as const,
          ref,
          weight: 0.7,
          reason: 'it owned this before',
        },
        ...signalsOf(ref, directory.get(ref)?.title ?? nameOf(ref)),
      ]),
  ];
}

function contractSignals(
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

function neighbourSignals(options: {
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

function namingSignals(facts: ComponentFacts, directory: Directory): Signal[] {
  const former = facts.owners.map(({ ref }) => ({
    name: nameOf(ref),
    words: nameWords(nameOf(ref)),
  }));
  const own = nameWords(nameOf(facts.entityRef));
  return groupNames(directory).flatMap(({ ref, words }) => {
    const namesake = former.find(
      other => nameLikeness(words, other.words) >= 0.8,
    );
    const likeness = nameLikeness(words, own);
    return [
      ...(namesake
        ? [
            {
              kind: 'owner-name' as const,
              ref,
              weight: 0.6 * nameLikeness(words, namesake.words),
              reason: `its name is close to ${namesake.name}, which is named as owner`,
            },
          ]
        : []),
      ...(likeness >= 0.4
        ? [
            {
              kind: 'component-name' as const,
              ref,
              weight: 0.3 * likeness,
              reason: 'its name is in the name of the component',
            },
          ]
        : []),
    ];
  });
}

type GroupNames = Array<{ ref: string; words: ReadonlySet<string> }>;

/** A directory does not change, and a scan asks for each of its orphans. */
const namesByDirectory = new WeakMap<Directory, GroupNames>();

function groupNames(directory: Directory): GroupNames {
  let names = namesByDirectory.get(directory);
  if (!names) {
    names = [...directory.principals()]
      .filter(({ kind }) => kind === 'group')
      .map(({ ref }) => ({ ref, words: nameWords(nameOf(ref)) }));
    namesByDirectory.set(directory, names);
  }
  return names;
}

function combine(signals: readonly Signal[]): number {
  const miss = signals.reduce((all, { weight }) => all * (1 - weight), 1);
  // Nothing is certain, whatever it rounds to.
  return Math.min(0.99, Math.round((1 - miss) * 100) / 100);
}

function inWords(signals: readonly Signal[]): string {
  const words = once(
    [...signals].sort((a, b) => b.weight - a.weight).map(s => s.reason),
  ).join('; ');
  return plainText(words.charAt(0).toUpperCase() + words.slice(1), {
    max: 400,
  });
}

function once(items: readonly string[]): string[] {
  return [...new Set(items)];
}

function nameOf(ref: string): string {
  return ref.slice(ref.indexOf('/') + 1);
}
