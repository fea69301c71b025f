import type { Tier } from './schema';

/**
 * What a component of one tier has to name in its contract.
 *
 * @public
 */
export interface TierRequirements {
  /** Whether a captain has to be named. */
  captain: boolean;
  /** Whether a rotation has to be named. */
  onCall: boolean;
  /** Least number of escalation steps; 0 asks for none. */
  escalationSteps: number;
  /** Least number of SLOs; 0 asks for none. */
  slos: number;
  /** Whether it has to say what happens when the budget runs out. */
  errorBudgetPolicy: boolean;
  /** Areas that runbooks have to cover. */
  runbookAreas: string[];
  /** A runbook reviewed longer ago than this many days is stale. */
  runbookStaleAfterDays: number;
  /** Every required runbook is drilled within this many days; absent where no drill is asked for. */
  drillWithinDays?: number;
  /** How often the contract is reviewed unless it says so itself; ISO 8601 duration. */
  reviewCadence: string;
}

/**
 * Requirements by tier; `none` is for components that name no tier.
 *
 * @public
 */
export type TierTable = Record<Tier | 'none', TierRequirements>;

/**
 * What replaces single requirements of single tiers; `none` is for components
 * that name no tier.
 *
 * @public
 */
export type TierOverrides = Partial<
  Record<Tier | 'none', Partial<TierRequirements>>
>;

const nothing: TierRequirements = {
  captain: false,
  onCall: false,
  escalationSteps: 0,
  slos: 0,
  errorBudgetPolicy: false,
  runbookAreas: [],
  runbookStaleAfterDays: 365,
  reviewCadence: 'P365D',
};

/**
 * What each tier asks for unless configured otherwise.
 *
 * @public
 */
export const defaultTierTable: TierTable = {
  'tier-1': {
    captain: true,
    onCall: true,
    escalationSteps: 2,
    slos: 1,
    errorBudgetPolicy: true,
    runbookAreas: ['deployment', 'monitoring', 'incident', 'rollback'],
    runbookStaleAfterDays: 180,
    drillWithinDays: 180,
    reviewCadence: 'P90D',
  },
  'tier-2': {
    captain: true,
    onCall: true,
    escalationSteps: 1,
    slos: 1,
    errorBudgetPolicy: false,
    runbookAreas: ['deployment', 'incident', 'rollback'],
    runbookStaleAfterDays: 180,
    drillWithinDays: 365,
    reviewCadence: 'P180D',
  },
  'tier-3': { ...nothing, runbookAreas: ['incident'] },
  'tier-4': nothing,
  none: nothing,
};

/**
 * All tiers, the one on which most depends first.
 *
 * @internal
 */
export const allTiers: readonly string[] = Object.keys(defaultTierTable).filter(
  tier => tier !== 'none',
);

/**
 * What a component of this tier has to name. `overrides` replaces single
 * requirements of single tiers, as the configuration does.
 *
 * @public
 */
export function tierRequirements(options: {
  tier?: Tier;
  overrides?: TierOverrides;
}): TierRequirements {
  const tier = options.tier ?? 'none';
  return { ...defaultTierTable[tier], ...options.overrides?.[tier] };
}
