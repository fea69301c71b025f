import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { OwnershipState } from '@service-ownership/backstage-plugin-ownership-common';
import { inParallel } from './inParallel';

const URGENCY: OwnershipState[] = ['orphaned', 'at-risk', 'unknown', 'owned'];
// More than this the catalog's own processing loop reaches about as fast.
const MAX_REFRESHES = 2000;

/**
 * Asks the catalog to process entities again whose state changed, so that the
 * flag on them follows within seconds; the worst first. Failures are logged:
 * the catalog comes round to every entity by itself within minutes.
 */
export async function refreshChanged(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  changes: Array<{ entityRef: string; state: OwnershipState }>;
  logger: LoggerService;
  signal: AbortSignal;
}): Promise<void> {
  const { catalog, credentials, logger, signal } = options;
  const changes = [...options.changes]
    .sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state))
    .slice(0, MAX_REFRESHES);
  const errors: string[] = [];
  await inParallel(changes, 10, async ({ entityRef }) => {
    if (signal.aborted) {
      return;
    }
    try {
      await catalog.refreshEntity(entityRef, { credentials });
    } catch (error) {
      errors.push(`${entityRef}: ${error}`);
    }
  });
  if (errors.length > 0) {
    logger.warn(
      `The catalog did not refresh ${errors.length} of ${changes.length} entities whose ownership state changed; their flags follow with its next round. First: ${errors[0]}`,
    );
  }
}
