import type { Directory, Principal } from '../directory';
import {
  formerOwnerSignals,
  type FormerPrincipals,
} from './formerOwnerSignals';
import { namingSignals } from './namingSignals';
import {
  acceptedSignal,
  contractSignals,
  neighbourSignals,
  once,
  type OwnerSignal,
  type Signal,
} from './ownerSignals';
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

/** Below it is one of many, and no help to anybody. */
const LEAST_CONFIDENCE = 0.05;

/**
 * Ranks the groups that could take over a component, from what one scan
 * knows: who already bears some responsibility for it, what its old owner
 * belonged to and where its people went, who owns what it is part of or what
 * needs it, and whose name it bears. Only groups with somebody active on them
 * are suggested, never an owner that is named already, and nothing that is less
 * likely than 1 in 20.
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
 *   that depends on it, its owners. `former`: what is remembered of groups and
 *   users that are gone. `formerOwners`: who owned the component before. `repositoryOwners`, `systemNeighbourOwners`: how many
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
  former?: FormerPrincipals;
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
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .sort(
      (a, b) =>
        Number(isAccepted(b)) - Number(isAccepted(a)) ||
        b.confidence - a.confidence ||
        (a.ref < b.ref ? -1 : 1),
    )
    .slice(0, limit);
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
