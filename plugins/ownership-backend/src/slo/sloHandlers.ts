import {
  ownershipReadPermission,
  ownershipScanRunPermission,
  ownershipSliWritePermission,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { sloRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Call, Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import type { SloService } from './SloService';

/**
 * Answers the calls of SLOs.
 */
export function sloHandlers(options: {
  slos: SloService;
  visibility: Visibility;
}): Handlers<typeof sloRoutes> {
  const { slos, visibility } = options;

  const readable = async ({ params, credentials }: Call) => {
    const entityRef =
      `${params.kind}:${params.namespace}/${params.name}`.toLocaleLowerCase(
        'en-US',
      );
    await visibility.requireOnEntity(
      ownershipReadPermission,
      entityRef,
      credentials,
    );
    return { entityRef, slo: params.slo };
  };

  return {
    async listSlos({ query, credentials }) {
      return slos.list({
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getSlo(call) {
      return slos.detail(await readable(call as Call));
    },

    async getSloDiscovery({ credentials }) {
      // It is about no entity; those who run scans look after the set-up.
      await visibility.require(ownershipScanRunPermission, credentials);
      return slos.discoveries();
    },

    async getSloHistory(call) {
      return slos.history({
        ...(await readable(call as unknown as Call)),
        ...call.query,
      });
    },

    async pushSamples({ body, caller, credentials }) {
      await visibility.require(ownershipSliWritePermission, credentials);
      return slos.push({ push: body, caller });
    },
  };
}
