import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  readTiers,
  tierRequirements,
  type EffectiveContract,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * What each tier asks for: the built-in table with what `ownership.tiers`
 * replaces in it.
 *
 * @throws InputError that names every problem with its path
 */
export function readTierConfig(
  config: Config,
): (tier: EffectiveContract['tier']) => TierRequirements {
  const { overrides, problems } = readTiers({
    tiers: config.getOptional('ownership.tiers'),
  });
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
  return tier => tierRequirements({ tier, overrides });
}
