import {
  compositeRanges,
  excludedBuckets,
  sliceLength,
  sloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  CompositeMember,
  SliSum,
  SloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { excludedTime } from '../exclusion/excludedTime';
import { readExclusions } from '../store/exclusions';
import type { MemberSlo } from '../store/readMembers';
import { sumWindows } from '../store/sumWindows';
import { leavesOf, resolveMembers } from './resolveMembers';
import type { ResolvedMember } from './resolveMembers';

/** A member with what of it does not count. */
export interface CompositeLeaf extends MemberSlo {
  excluded: readonly BucketRange[];
  /** Whether its data ended too long ago. */
  stale: boolean;
}

/** A composite with what it is made of. */
export interface ResolvedComposite {
  members: ResolvedMember[];
  leaves: Map<number, CompositeLeaf>;
  /**
   * Where the data of all members that have some ends: a window ends there, or
   * one that is late would be left out of it. Absent without data.
   */
  lastDataEnd?: number;
}

/** Finds what a composite is made of, and how far its data goes. */
export async function readComposite(options: {
  knex: Knex;
  composite: Omit<MemberSlo, 'lastDataEnd'>;
  now: Date;
  staleAfterSeconds?: number;
}): Promise<ResolvedComposite> {
  const { knex, composite, now, staleAfterSeconds } = options;
  const resolved = await resolveMembers(knex, [composite]);
  const members = resolved.get(composite.id)!;
  const leaves = leavesOf(members);
  const exclusions = await readExclusions(knex, [
    composite.id,
    ...leaves.map(({ id }) => id),
  ]);
  const known = new Map(
    leaves.map((leaf): [number, CompositeLeaf] => {
      const { excluded } = excludedTime({
        // The exclusions of the whole are those of every part of it.
        definition: { ...leaf.definition, window: composite.definition.window },
        exclusions: [
          ...(exclusions.get(composite.id) ?? []),
          ...(exclusions.get(leaf.id) ?? []),
        ],
        now,
        lastDataEnd: leaf.lastDataEnd,
      });
      const { stale } = sloWindows({
        ...leaf,
        now,
        staleAfterSeconds,
        excluded,
      });
      return [leaf.id, { ...leaf, excluded: excludedBuckets(excluded), stale }];
    }),
  );
  const ends = (fresh: boolean) =>
    [...known.values()].flatMap(({ lastDataEnd, stale }) =>
      lastDataEnd !== undefined && stale !== fresh ? [lastDataEnd] : [],
    );
  const fresh = ends(true);
  const old = ends(false);
  let lastDataEnd: number | undefined;
  if (fresh.length > 0) {
    lastDataEnd = Math.min(...fresh);
  } else if (old.length > 0) {
    lastDataEnd = Math.max(...old);
  }
  return {
    members,
    leaves: known,
    ...(lastDataEnd !== undefined && { lastDataEnd }),
  };
}

/**
 * Sums the members of a composite over its windows, with one statement for
 * each kind of slices there is among them.
 */
export async function sumMembers(options: {
  knex: Knex;
  composite: ResolvedComposite;
  windows: SloWindows;
}): Promise<CompositeMember[]> {
  const { knex, composite, windows } = options;
  const sums = new Map<number, SliSum[]>();
  for (const group of byKind([...composite.leaves.values()])) {
    const { definition } = group[0];
    const found = await sumWindows({
      knex,
      sloIds: group.map(({ id }) => id),
      definition,
      ranges: compositeRanges({ member: definition, windows }),
      excluded: new Map(group.map(({ id, excluded }) => [id, excluded])),
    });
    found.forEach((each, id) => sums.set(id, each));
  }
  const toMember = (member: ResolvedMember): CompositeMember => {
    const { entityRef, slo, weight } = member;
    const named = { entityRef, slo, weight, title: slo };
    if ('leftOut' in member) {
      return { ...named, leftOut: member.leftOut };
    }
    if ('members' in member) {
      return { ...named, members: member.members.map(toMember) };
    }
    const leaf = composite.leaves.get(member.leaf.id)!;
    const { title } = leaf.definition;
    // One that is stale says nothing, unless all are: then the last figures stay.
    return leaf.stale && !windows.stale
      ? { ...named, title, leftOut: 'Its data is too old.' }
      : {
          ...named,
          title,
          definition: leaf.definition,
          ranges: compositeRanges({ member: leaf.definition, windows }),
          sums: sums.get(leaf.id)!,
          excluded: leaf.excluded,
        };
  };
  return composite.members.map(toMember);
}

/** Members that are summed in one statement. */
export function byKind<T extends Pick<MemberSlo, 'definition'>>(
  slos: readonly T[],
): T[][] {
  const groups = new Map<string, T[]>();
  for (const slo of slos) {
    const { definition } = slo;
    const key = JSON.stringify([
      definition.budgetingMethod,
      sliceLength(definition),
      definition.timeSliceTarget,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), slo]);
  }
  return [...groups.values()];
}
