import type { EffectiveContract, Tier } from '../contract/schema';
import {
  tierRequirements,
  type TierRequirements,
} from '../contract/tierRequirements';

/**
 * The areas a runbook can cover that have a meaning here, in the order people
 * read them. Teams may add areas of their own.
 *
 * @public
 */
export const runbookAreas = [
  'deployment',
  'monitoring',
  'incident',
  'rollback',
  'recovery',
  'failover',
] as const;

/**
 * Areas the tier asks a runbook for that no runbook covers, in the order of
 * the tier's table. Case does not count.
 *
 * @public
 */
export function uncoveredAreas(options: {
  contract: Pick<EffectiveContract, 'runbooks' | 'tier'>;
  /** Without it the tier of the contract. */
  tier?: Tier;
  requirements?: TierRequirements;
}): string[] {
  const { contract } = options;
  const requirements =
    options.requirements ??
    tierRequirements({ tier: options.tier ?? contract.tier });
  const covered = new Set(
    (contract.runbooks ?? [])
      .flatMap(({ covers }) => covers ?? [])
      .map(area => area.trim().toLowerCase()),
  );
  return requirements.runbookAreas.filter(
    area => !covered.has(area.toLowerCase()),
  );
}
