import type { runbookRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { readRef, requireVisible } from '../entity/entityHandlers';
import type { RunbookReader } from './RunbookReader';

/**
 * Answers the calls of runbooks.
 */
export function runbookHandlers(options: {
  runbooks: RunbookReader;
  visibility: Visibility;
}): Handlers<typeof runbookRoutes> {
  const { runbooks, visibility } = options;
  return {
    async getRunbookContent({ params, credentials, signal }) {
      const entityRef = readRef(params);
      await requireVisible({ visibility, entityRef, credentials });
      return runbooks.read({ entityRef, runbookId: params.id, signal });
    },
  };
}
