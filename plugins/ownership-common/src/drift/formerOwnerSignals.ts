import type { Directory } from '../directory';
import { nameOf, once, type Signal } from './ownerSignals';
import type { ComponentFacts } from './types';

/**
 * What is remembered of groups and users that are gone.
 *
 * @public
 */
export interface FormerPrincipals {
  /** The closest group that is there above a group or a user that is gone. */
  parent?(ref: string): string | undefined;
  /** Who was on a group that is gone or empty, each with the refs of the other groups they were on then. */
  members?(groupRef: string): ReadonlyMap<string, readonly string[]>;
  /** How many other components that this one owned before were given to which group. */
  heirs?(ownerRef: string): ReadonlyMap<string, number>;
}

/**
 * Who the component was with before, and where its people and its other
 * components went.
 *
 * @internal
 */
export function formerOwnerSignals(options: {
  facts: ComponentFacts;
  directory: Directory;
  former?: FormerPrincipals;
  formerOwners?: readonly string[];
}): Signal[] {
  const { facts, directory, former = {}, formerOwners = [] } = options;
  const named = new Map(facts.owners.map(({ ref, title }) => [ref, title]));
  const earlier = once(formerOwners).filter(ref => !named.has(ref));
  const signalsOf = (ref: string): Signal[] => {
    const title = named.get(ref) ?? directory.get(ref)?.title ?? nameOf(ref);
    const owner = { ref, title, isNamed: named.has(ref) };
    return [
      ...(ref.startsWith('user:')
        ? teamSignals({ owner, directory, former })
        : groupSignals({ owner, directory, former })),
      ...heirSignals({ owner, former }),
    ];
  };
  return [
    ...[...named.keys()].flatMap(signalsOf),
    ...earlier.flatMap(ref => [
      {
        kind: 'former-owner' as const,
        ref,
        weight: 0.7,
        reason: 'it owned this before',
      },
      ...signalsOf(ref),
    ]),
  ];
}

interface FormerOwner {
  owner: { ref: string; title: string; isNamed: boolean };
  directory: Directory;
  former: FormerPrincipals;
}

/** The teams of a person, or what is remembered of them. */
function teamSignals({ owner, directory, former }: FormerOwner): Signal[] {
  const { ref, title, isNamed } = owner;
  const isThere = directory.get(ref) !== undefined;
  const teams = isThere
    ? directory.groupsOf(ref)
    : [former.parent?.(ref)].filter(team => team !== undefined);
  const who = isNamed ? 'who is named as owner' : 'who owned it before';
  return teams.map(team => ({
    kind: 'team-of-owner',
    ref: team,
    weight: 0.6,
    reason: isThere
      ? `it is the team of ${title}, ${who}`
      : `${title}, ${who}, belonged to it`,
  }));
}

/** What a group belonged to, and where those on it went. */
function groupSignals({ owner, directory, former }: FormerOwner): Signal[] {
  const { ref, title } = owner;
  const group = directory.get(ref);
  const parent = group ? group.parent : former.parent?.(ref);
  const living = parent
    ? [parent, ...directory.ancestors(parent)].find(
        above => directory.get(above)?.activeMemberCount,
      )
    : undefined;
  return [
    {
      kind: 'former-parent',
      ref: living,
      weight: 0.55,
      reason: `${title} belonged to it`,
    },
    ...successorSignals({ owner, directory, former }),
  ];
}

/**
 * The groups that those who were on a group are on now. One they came to since
 * counts by the share of those who are still there; one they were on before by how alike the two
 * groups are (Dice's coefficient), or everybody's group would be the heir.
 */
function successorSignals({ owner, directory, former }: FormerOwner): Signal[] {
  const members = former.members?.(owner.ref) ?? new Map<string, string[]>();
  const counts = new Map<string, { now: number; came: number }>();
  // Whoever has left the company as well can be nobody's heir.
  const left = [...members].filter(([ref]) => directory.get(ref)?.active);
  for (const [member, before] of left) {
    for (const group of directory.groupsOf(member)) {
      const count = counts.get(group) ?? { now: 0, came: 0 };
      count.now += 1;
      count.came += before.includes(group) ? 0 : 1;
      counts.set(group, count);
    }
  }
  return [...counts].map(([ref, { now, came }]) => {
    const size = directory.get(ref)?.memberCount ?? 0;
    return {
      kind: 'successor',
      ref,
      weight:
        0.8 * Math.max(came / left.length, (2 * now) / (left.length + size)),
      reason: `${peopleOf(owner.title, { now, of: members.size })} on it now`,
    };
  });
}

function peopleOf(
  title: string,
  { now, of }: { now: number; of: number },
): string {
  if (of === 1) {
    return `who was on ${title} is`;
  }
  return now === of
    ? `all ${of} people of ${title} are`
    : `${now} of the ${of} people of ${title} ${now === 1 ? 'is' : 'are'}`;
}

/** Where else its components went: the more of them, the surer. */
function heirSignals({
  owner,
  former,
}: Pick<FormerOwner, 'owner' | 'former'>): Signal[] {
  const heirs = former.heirs?.(owner.ref) ?? new Map<string, number>();
  const all = [...heirs.values()].reduce((sum, count) => sum + count, 0);
  return [...heirs].map(([ref, count]) => ({
    kind: 'successor',
    ref,
    weight: (0.7 * count) / (all + 1),
    reason:
      count === 1
        ? `another component of ${owner.title} was given to it`
        : `${count} other components of ${owner.title} were given to it`,
  }));
}
