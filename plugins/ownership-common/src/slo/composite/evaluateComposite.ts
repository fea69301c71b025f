import type { AlertMemory } from '../alert/trackAlert';
import { evaluateMeasures } from '../evaluateMeasures';
import type { Measure } from '../evaluateMeasures';
import { excludedSeconds } from '../exclusion/stretches';
import { measureSum } from '../measureSum';
import type { SloMemberPart, SloStatus } from '../schema';
import type { BucketRange, SloWindows } from '../sloWindows';
import type { SliSum } from '../sumBuckets';
import type { SloDefinition } from '../types';

/**
 * A member of a composite SLO with what was counted of it: an SLO, another
 * composite, or one that there is nothing to say of.
 *
 * @public
 */
export type CompositeMember = {
  /** The component it is of. */
  entityRef: string;
  /** Its name. */
  slo: string;
  /** What people call it. */
  title: string;
  /** As written, above 0. */
  weight: number;
} & (
  | {
      definition: SloDefinition;
      /** The windows of the composite as they are for its slices: main, then burn. */
      ranges: BucketRange[];
      /** What was counted in each of them. */
      sums: SliSum[];
      /** What is excluded of it, what is excluded of the composite included. */
      excluded: readonly BucketRange[];
    }
  | { members: CompositeMember[] }
  | { leftOut: string }
);

/**
 * Evaluates a composite SLO: the weighted mean of the SLIs of its members in
 * each window, and from it the composite's own budget. Burn rates are worked
 * out from that mean; those of the members are never averaged.
 *
 * With weights w and the SLIs s of the members that have data:
 * SLI = sum(w x s) / sum(w). The others are left out, and the status says so.
 * The units of the budget are seconds: events of different kinds do not add up.
 *
 * Law: a composite of one member has the SLI of the member.
 *
 * @param options - `windows`: of the composite, from `sloWindows`
 *
 * @public
 */
export function evaluateComposite(options: {
  definition: SloDefinition;
  windows: SloWindows;
  members: readonly CompositeMember[];
  now: Date;
  entityRef: string;
  lastDataEnd?: number;
  alertMemory?: readonly AlertMemory[];
  minimumCoverage?: number;
}): { status: SloStatus; members: SloMemberPart[] } {
  const { windows, members } = options;
  const windowOf = (index: number) => {
    const range = index === 0 ? windows.main : windows.burn[index - 1];
    const seconds =
      index === 0 ? range.end - range.start : windows.burn[index - 1].seconds;
    const { excluded = [] } = windows;
    return seconds - excludedSeconds({ range, excluded });
  };
  const [main, ...burn] = [windows.main, ...windows.burn].map((_, index) =>
    combine(members, index, windowOf(index)),
  );
  const status = evaluateMeasures({
    ...options,
    main: main.measure,
    burn: burn.map(({ measure }) => measure),
  });
  const parts = members.map(
    ({ entityRef, slo, title, weight }, index): SloMemberPart => ({
      entityRef,
      slo,
      title,
      weight,
      ...main.parts[index],
    }),
  );
  const left = parts.filter(({ reason }) => reason).length;
  return {
    status:
      left > 0 && left < parts.length
        ? {
            ...status,
            reason: [
              status.reason,
              `${left} of ${parts.length} members ${
                left === 1 ? 'is' : 'are'
              } left out for want of data; the others count for more.`,
            ]
              .filter(Boolean)
              .join(' '),
          }
        : status,
    members: parts,
  };
}

type Part = Pick<SloMemberPart, 'share' | 'sli' | 'lost' | 'reason'>;

function combine(
  members: readonly CompositeMember[],
  index: number,
  seconds: number,
): { measure: Measure; parts: Part[] } {
  const measured = members.map(member => measureMember(member, index, seconds));
  const sum = (value: (each: Measured, weight: number) => number) =>
    measured.reduce(
      (total, each, at) => total + value(each, members[at].weight),
      0,
    );
  const weights = sum(({ measure }, weight) =>
    measure && measure.units > 0 ? weight : 0,
  );
  const parts = measured.map(({ measure, reason }, at): Part => {
    if (!measure || measure.units === 0) {
      return { reason: reason ?? 'It has no data in the window.' };
    }
    const share = members[at].weight / weights;
    const sli = 1 - measure.bad / measure.units;
    return { share, sli, lost: share * (1 - sli) };
  });
  const lost = parts.reduce((total, part) => total + (part.lost ?? 0), 0);
  // A member whose time is all excluded is neither data nor no data.
  const counted = sum(({ isExcluded }, weight) => (isExcluded ? 0 : weight));
  return {
    parts,
    measure: {
      units: weights > 0 ? seconds : 0,
      // Sums of fractions leave dust in the last digits; dust is not an error.
      bad: lost > 1e-12 ? lost * seconds : 0,
      missing: 0,
      total: sum(({ measure }) => measure?.total ?? 0),
      coverage:
        counted > 0
          ? sum(({ measure }, weight) => weight * (measure?.coverage ?? 0)) /
            counted
          : 0,
    },
  };
}

interface Measured {
  measure?: Measure;
  reason?: string;
  isExcluded?: boolean;
}

function measureMember(
  member: CompositeMember,
  index: number,
  seconds: number,
): Measured {
  if ('leftOut' in member) {
    return { reason: member.leftOut };
  }
  if ('members' in member) {
    return combine(member.members, index, seconds);
  }
  const { definition, excluded } = member;
  const range = member.ranges[index];
  if (
    range.start < range.end &&
    excludedSeconds({ range, excluded }) === range.end - range.start
  ) {
    return { reason: 'All of its time is excluded.', isExcluded: true };
  }
  return {
    measure: measureSum({
      definition,
      sum: member.sums[index],
      range,
      excluded,
    }),
  };
}
