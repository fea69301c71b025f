import type { ApiRoutes } from '../../api';
import { ruleChangeSchema, ruleDryRunSchema } from './schema';

/**
 * The calls that try a change of rules.
 *
 * @public
 */
export const ruleDryRunRoutes = {
  dryRunRules: {
    method: 'post',
    path: '/drift/rules/dry-run',
    summary:
      'What a change of the rules would open and close now; writes nothing, one at a time',
    body: ruleChangeSchema,
    response: ruleDryRunSchema,
  },
} as const satisfies ApiRoutes;
