import { z } from 'zod';
import { runbookAreas } from '../runbook/runbookAreas';
import { closestWord } from './closestWord';
import { describeIssue } from './describeIssue';
import { joinPath } from './inspectDocument';
import type { TierOverrides } from './tierRequirements';

const days = z.number().int().min(1).max(3650);
const settingsSchema = z.strictObject({
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
  'tier-1': settingsSchema.optional(),
  'tier-2': settingsSchema.optional(),
  'tier-3': settingsSchema.optional(),
  'tier-4': settingsSchema.optional(),
  none: settingsSchema.optional(),
});

/**
 * Reads what somebody wrote of what tiers ask for.
 *
 * @param options - `tiers`: requirements by tier, as under `ownership.tiers` in
 *   the configuration. `path`: where they stand, for messages.
 * @returns `problems`: everything that is wrong, each as `<path>: <message>`;
 *   with one or more there are no `overrides`.
 *
 * @public
 */
export function readTiers(options: { tiers: unknown; path?: string }): {
  overrides: TierOverrides;
  problems: string[];
} {
  const { tiers = {}, path: place = 'ownership.tiers' } = options;
  const parsed = tiersSchema.safeParse(tiers, { reportInput: true });
  if (parsed.success) {
    return { overrides: parsed.data, problems: [] };
  }
  const problems = parsed.error.issues.flatMap(issue => {
    const path = issue.path.reduce<string>(joinPath, place);
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => `${joinPath(path, key)}: ${unknown(key, issue)}`)
      : [`${path}: ${describeIssue(issue)}`];
  });
  return { overrides: {}, problems };
}

function unknown(key: string, issue: z.core.$ZodIssue): string {
  const { shape } = issue.path.length === 0 ? tiersSchema : settingsSchema;
  const accepted = Object.keys(shape);
  const meant = closestWord({ word: key, accepted });
  return meant
    ? `is not known; did you mean ${meant}?`
    : `is not known; accepted are ${accepted.join(', ')}`;
}
