import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  runbookAreas,
  tierRequirements,
  type EffectiveContract,
  type TierRequirements,
} from '@service-ownership/backstage-plugin-ownership-common';
import { z } from 'zod';

const days = z.number().int().min(1).max(3650);
const requirementsSchema = z.strictObject({
  captain: z.boolean().optional(),
  onCall: z.boolean().optional(),
  escalationSteps: z.number().int().min(0).max(20).optional(),
  slos: z.number().int().min(0).max(100).optional(),
  errorBudgetPolicy: z.boolean().optional(),
  runbookAreas: z.array(z.enum(runbookAreas)).optional(),
  runbookStaleAfterDays: days.optional(),
  drillWithinDays: days.optional(),
  reviewCadence: z.iso
    .duration('expected an ISO 8601 duration such as P90D')
    .optional(),
});
const tiersSchema = z.strictObject({
  'tier-1': requirementsSchema.optional(),
  'tier-2': requirementsSchema.optional(),
  'tier-3': requirementsSchema.optional(),
  'tier-4': requirementsSchema.optional(),
  none: requirementsSchema.optional(),
});

/**
 * What each tier asks for: the built-in table with what `ownership.tiers`
 * replaces in it.
 *
 * @throws InputError that names every problem with its path
 */
export function readTierConfig(
  config: Config,
): (tier: EffectiveContract['tier']) => TierRequirements {
  const parsed = tiersSchema.safeParse(
    config.getOptional('ownership.tiers') ?? {},
  );
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `ownership.tiers.${path.join('.')}: ${message}`,
    );
    throw new InputError(problems.join('; '));
  }
  return tier => tierRequirements({ tier, overrides: parsed.data });
}
