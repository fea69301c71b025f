import {
  compositeRanges,
  evaluateComposite,
  evaluateSlo,
  MAX_COMPOSITE_DEPTH,
  sloWindows,
  sumRange,
} from '@service-ownership/backstage-plugin-ownership-common';
import type {
  BucketRange,
  CompositeMember,
  SliBucket,
  SloDefinition,
  SloStatus,
  SloWindows,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The status of an SLO from samples; of a composite from those of its members,
 * as far as they are in the file.
 *
 * @internal
 */
export function evaluateFromSamples(options: {
  definition: SloDefinition;
  /** All SLOs of the file. */
  all: readonly SloDefinition[];
  bucketsOf(definition: SloDefinition): readonly SliBucket[];
  now: Date;
  /** Time that does not count, in order and apart. */
  excluded?: readonly BucketRange[];
}): SloStatus {
  const { definition, all, bucketsOf, now, excluded = [] } = options;
  const { entityRef } = definition.origin;
  if (!definition.members) {
    return evaluateSlo({
      definition,
      buckets: bucketsOf(definition),
      now,
      entityRef,
      excluded,
    });
  }
  const members = (slo: SloDefinition) =>
    (slo.members ?? []).map(member => ({
      ...member,
      definition: all.find(({ name }) => name === member.slo),
    }));
  const leaves = (slo: SloDefinition, depth: number): SloDefinition[] =>
    members(slo).flatMap(({ definition: found }) => {
      if (!found || depth > MAX_COMPOSITE_DEPTH) {
        return [];
      }
      return found.members ? leaves(found, depth + 1) : [found];
    });
  const ends = leaves(definition, 1).flatMap(leaf =>
    bucketsOf(leaf).map(({ start, seconds }) => start + seconds),
  );
  const lastDataEnd =
    ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : undefined;
  const windows = sloWindows({ definition, now, lastDataEnd, excluded });
  const measure = (slo: SloDefinition, depth: number): CompositeMember[] =>
    members(slo).map(({ definition: found, ...member }) => {
      const named = {
        entityRef: member.entityRef ?? entityRef,
        slo: member.slo,
        weight: member.weight,
        title: found?.title ?? member.slo,
      };
      if (!found || depth > MAX_COMPOSITE_DEPTH) {
        return {
          ...named,
          leftOut: found
            ? `Composites may be ${MAX_COMPOSITE_DEPTH} levels deep.`
            : 'It is not in the file.',
        };
      }
      return found.members
        ? { ...named, members: measure(found, depth + 1) }
        : {
            ...named,
            ...sumsOf({
              definition: found,
              windows,
              buckets: bucketsOf(found),
              excluded,
            }),
          };
    });
  return evaluateComposite({
    definition,
    windows,
    members: measure(definition, 1),
    now,
    entityRef,
    lastDataEnd,
  }).status;
}

function sumsOf(options: {
  definition: SloDefinition;
  windows: SloWindows;
  buckets: readonly SliBucket[];
  excluded: readonly BucketRange[];
}) {
  const { definition, windows, excluded } = options;
  const ranges = compositeRanges({ member: definition, windows });
  const buckets = options.buckets.filter(
    ({ start, seconds }) =>
      !excluded.some(
        stretch => stretch.start < start + seconds && stretch.end > start,
      ),
  );
  return {
    definition,
    ranges,
    sums: ranges.map(range => sumRange({ definition, range, buckets })),
    excluded,
  };
}
