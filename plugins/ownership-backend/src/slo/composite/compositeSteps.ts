import {
  budgetUnits,
  sliceLength,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { SloHistory } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { fittingStep, sloSteps } from '../sloSteps';
import { byKind } from './readComposite';
import type { CompositeLeaf, ResolvedComposite } from './readComposite';
import type { ResolvedMember } from './resolveMembers';

/**
 * The history of a composite in equal steps. A step holds the part that each
 * member's units in it have in all its units, by weight: the steps add up to
 * the seconds of the range and their bad ones to 1 - SLI of them.
 */
export async function compositeSteps(options: {
  knex: Knex;
  composite: ResolvedComposite;
  start: number;
  end: number;
  points: number;
  stepSeconds?: number;
}): Promise<{ points: SloHistory['points']; stepSeconds: number }> {
  const { knex, composite } = options;
  const leaves = [...composite.leaves.values()];
  // Steps that the slices of every member fit into.
  const grid = Math.max(
    3600,
    ...leaves.map(({ definition }) => sliceLength(definition) ?? 300),
  );
  const end = Math.ceil(options.end);
  const wanted =
    options.stepSeconds ??
    fittingStep((end - options.start) / options.points, end - options.start);
  const stepSeconds = Math.ceil(wanted / grid) * grid;
  const start = Math.floor(options.start / grid) * grid;

  const histories = new Map<number, SloHistory['points']>();
  for (const group of byKind(leaves)) {
    const steps = await sloSteps({
      knex,
      slos: group.map(leaf => ({ ...leaf, excluded: leaf.excluded })),
      start,
      end,
      points: options.points,
      stepSeconds,
    });
    steps.forEach(({ points }, id) => histories.set(id, points));
  }
  const unitsOf = (leaf: CompositeLeaf, point: SloHistory['points'][number]) =>
    budgetUnits({
      definition: { ...leaf.definition, noDataSlices: 'ignore' },
      sum: { ...point, coveredSeconds: 0 },
      seconds: 0,
    });
  const parts = [...weightsOf(composite.members)].flatMap(([id, weight]) => {
    const leaf = composite.leaves.get(id)!;
    const points = histories.get(id)!;
    const all = points.reduce(
      (sum, point) => sum + unitsOf(leaf, point).units,
      0,
    );
    return all > 0 ? [{ leaf, points, weight, all }] : [];
  });
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const count = Math.max(0, Math.ceil((end - start) / stepSeconds));
  const points = Array.from({ length: count }, (_, index) => {
    const at = start + index * stepSeconds;
    const step = { units: 0, bad: 0, coverage: 0 };
    for (const { leaf, points: own, weight, all } of parts) {
      const point = own[index];
      if (point) {
        const { units, bad } = unitsOf(leaf, point);
        const share = weight / weights;
        step.units += (share * units * (end - start)) / all;
        step.bad += (share * bad * (end - start)) / all;
        step.coverage += share * point.coverage;
      }
    }
    return {
      start: new Date(at * 1000).toISOString(),
      good: step.units - step.bad,
      total: step.units,
      coverage: Math.min(1, step.coverage),
      slices: { count: step.units, bad: step.bad },
    };
  });
  return { points, stepSeconds };
}

/** The share of the whole that each SLO at the end of it stands for. */
function weightsOf(
  members: readonly ResolvedMember[],
  whole = 1,
  weights = new Map<number, number>(),
): Map<number, number> {
  const all = members.reduce((sum, { weight }) => sum + weight, 0);
  for (const member of members) {
    const share = (whole * member.weight) / all;
    if ('leaf' in member) {
      const { id } = member.leaf;
      weights.set(id, (weights.get(id) ?? 0) + share);
    } else if ('members' in member) {
      weightsOf(member.members, share, weights);
    }
  }
  return weights;
}
