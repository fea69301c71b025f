import {
  ownershipScanRunPermission,
  type ruleDryRunRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../../api/mountRoutes';
import type { Visibility } from '../../api/Visibility';
import type { RuleDryRun } from './RuleDryRun';

/**
 * The calls that try a change of rules: for those who may start a scan, and
 * over what they may see.
 */
export function ruleDryRunHandlers(options: {
  ruleDryRun: RuleDryRun;
  visibility: Visibility;
}): Handlers<typeof ruleDryRunRoutes> {
  const { ruleDryRun, visibility } = options;
  return {
    async dryRunRules({ body, credentials, signal }) {
      await visibility.require(ownershipScanRunPermission, credentials);
      return ruleDryRun.run({
        change: body,
        visible: await visibility.visibleRefs(credentials),
        signal,
      });
    },
  };
}
