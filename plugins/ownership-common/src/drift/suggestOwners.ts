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
}

interface Signal {
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
 * @param options - `systemOwners`, `domainOwners`: owners of the system and
 *   the domain the component is part of. `dependentOwners`: of each component
 *   that depends on it, its owners. `formerParent`: the group above a group
 *   that is gone, as far as it is remembered. `limit`: default 5.
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
  limit?: number;
}): OwnerSuggestion[] {
  const { facts, directory, limit = 5 } = options;
  const taken = new Set(facts.owners.map(({ ref }) => ref));
  const candidates = new Map<string, { group: Principal; signals: Signal[] }>();

  for (const signal of [
    ...formerOwnerSignals(options),
    ...contractSignals(facts, directory),
    ...neighbourSignals(options),
    ...namingSignals(facts, directory),
  ]) {
    const group = signal.ref && directory.get(signal.ref);
    if (!group || group.activeMemberCount === 0 || taken.has(group.ref)) {
      continue;
    }
    const candidate = candidates.get(group.ref) ?? { group, signals: [] };
    candidate.signals.push(signal);
    candidates.set(group.ref, candidate);
  }

  return [...candidates.values()]
    .map(({ group, signals }) => ({
      ref: group.ref,
      title: group.title,
      confidence: combine(signals),
      reason: inWords(signals),
    }))
    .sort((a, b) => b.confidence - a.confidence || (a.ref < b.ref ? -1 : 1))
    .slice(0, limit);
}

function formerOwnerSignals(options: {
  facts: ComponentFacts;
  directory: Directory;
  formerParent?: (groupRef: string) => string | undefined;
}): Signal[] {
  const { facts, directory, formerParent } = options;
  return facts.owners.flatMap(({ ref, title }) => {
    const owner = directory.get(ref);
    if (owner?.kind === 'user') {
      return directory.groupsOf(ref).map(group => ({
        ref: group,
        weight: 0.6,
        reason: `it is the team of ${title}, who is named as owner`,
      }));
    }
    return [
      {
        ref: owner ? owner.parent : formerParent?.(ref),
        weight: 0.55,
        reason: `${title} belonged to it`,
      },
    ];
  });
}

function contractSignals(
  facts: ComponentFacts,
  directory: Directory,
): Signal[] {
  const { captain, responsibilities = {}, escalation = [] } = facts.effective;
  return [
    ...(captain ? directory.groupsOf(captain) : []).map(ref => ({
      ref,
      weight: 0.5,
      reason: `the captain, ${directory.get(captain!)?.title}, is on it`,
    })),
    ...once(Object.values(responsibilities)).map(ref => ({
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
}): Signal[] {
  const {
    systemOwners = [],
    domainOwners = [],
    dependentOwners = [],
  } = options;
  const counts = new Map<string, number>();
  for (const owners of dependentOwners) {
    once(owners).forEach(ref => counts.set(ref, (counts.get(ref) ?? 0) + 1));
  }
  return [
    ...once(systemOwners).map(ref => ({
      ref,
      weight: 0.5,
      reason: 'it owns the system this is part of',
    })),
    ...once(domainOwners).map(ref => ({
      ref,
      weight: 0.2,
      reason: 'it owns the domain this is part of',
    })),
    ...[...counts].map(([ref, count]) => ({
      ref,
      weight: 0.4 * (count / dependentOwners.length),
      reason:
        dependentOwners.length === 1
          ? 'it owns the one component that depends on this'
          : `it owns ${count} of the ${dependentOwners.length} components that depend on this`,
    })),
  ];
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
              ref,
              weight: 0.6 * nameLikeness(words, namesake.words),
              reason: `its name is close to ${namesake.name}, which is named as owner`,
            },
          ]
        : []),
      ...(likeness >= 0.4
        ? [
            {
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
  return Math.round((1 - miss) * 100) / 100;
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
