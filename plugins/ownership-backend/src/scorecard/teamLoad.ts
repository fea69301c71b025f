/**
 * What a component weighs on its team by tier: a tier-1 is paged around the
 * clock, a tier-4 is an experiment. One that names no tier counts as a tier-3.
 */
export const TIER_WEIGHTS: Readonly<Record<string, number>> = {
  'tier-1': 4,
  'tier-2': 2,
  'tier-3': 1,
  'tier-4': 0.5,
};

/** Weight of a component without a tier. */
export const DEFAULT_WEIGHT = 1;

/**
 * Load above which a team counts as overloaded unless configured otherwise:
 * for each member one tier-1 and one tier-2 component.
 */
export const DEFAULT_OVERLOADED_ABOVE = 6;

/**
 * Tier-weighted components per active member; `undefined` for a team without
 * active members, which has nobody to carry anything.
 */
export function teamLoad(options: {
  /** Components by tier; those without one under any other key. */
  byTier: Iterable<[tier: string | null, components: number]>;
  activeMembers: number;
}): number | undefined {
  if (options.activeMembers <= 0) {
    return undefined;
  }
  let weight = 0;
  for (const [tier, components] of options.byTier) {
    weight += (TIER_WEIGHTS[tier ?? ''] ?? DEFAULT_WEIGHT) * components;
  }
  return weight / options.activeMembers;
}
