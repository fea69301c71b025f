import {
  ownershipAliasManagePermission,
  type directoryRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import type { ScanRunner } from '../drift/scan/ScanRunner';
import type { AliasService } from './AliasService';

/**
 * The calls of the directory. A change starts a scan, so that what it heals is
 * healed at once.
 */
export function directoryHandlers(options: {
  aliases: AliasService;
  scans: Pick<ScanRunner, 'startAnew'>;
  visibility: Visibility;
}): Handlers<typeof directoryRoutes> {
  const { aliases, scans, visibility } = options;
  return {
    async listAliases({ credentials }) {
      const visible = await visibility.visibleRefs(credentials);
      return aliases.list({ visible });
    },

    async suggestAliases({ query, credentials }) {
      const visible = await visibility.visibleRefs(credentials);
      return aliases.suggest({ from: query.from, visible });
    },

    async putAlias({ body, credentials, caller, note }) {
      note({ from: body.from, to: body.to });
      await visibility.require(ownershipAliasManagePermission, credentials);
      const visible = await visibility.visibleRefs(credentials);
      const alias = await aliases.put({ request: body, by: caller, visible });
      await scans.startAnew({ requestedBy: caller });
      return alias;
    },

    async deleteAlias({ query, credentials, caller, response, note }) {
      note({ from: query.from });
      await visibility.require(ownershipAliasManagePermission, credentials);
      await aliases.delete({ from: query.from });
      await scans.startAnew({ requestedBy: caller });
      response.status(204).end();
    },
  };
}
