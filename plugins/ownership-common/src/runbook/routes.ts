import type { ApiRoutes } from '../api';
import { runbookContentSchema } from './schema';

/**
 * The calls of runbooks.
 *
 * @public
 */
export const runbookRoutes = {
  getRunbookContent: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/runbooks/:id/content',
    summary:
      'The Markdown of a runbook kept in the repository of its component',
    response: runbookContentSchema,
  },
} as const satisfies ApiRoutes;
