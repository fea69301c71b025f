import { NotAllowedError } from '@backstage/errors';
import {
  ownershipReadPermission,
  ownershipScanRunPermission,
  ownershipSliWritePermission,
  ownershipSloExcludePermission,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { sloRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Call, Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import type { SloExclusions } from './exclusion/SloExclusions';
import type { SloService } from './SloService';

/**
 * Answers the calls of SLOs.
 */
export function sloHandlers(options: {
  slos: SloService;
  sloExclusions: SloExclusions;
  visibility: Visibility;
}): Handlers<typeof sloRoutes> {
  const { slos, sloExclusions, visibility } = options;

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

  const excludable = async (call: Call) => {
    const slo = await readable(call);
    await visibility.requireOnEntity(
      ownershipSloExcludePermission,
      slo.entityRef,
      call.credentials,
    );
    return slo;
  };

  return {
    async listSlos({ query, credentials }) {
      return slos.list({
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getSloRollup({ query, credentials }) {
      return slos.rollup({
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async getSlo(call) {
      return slos.detail({
        ...(await readable(call as Call)),
        visible: await visibility.visibleRefs(call.credentials),
      });
    },

    async getSloDiscovery({ credentials }) {
      // Those who run scans look after the set-up. It names the components that
      // SLOs could be of, seen or not.
      await visibility.require(ownershipScanRunPermission, credentials);
      if (!(await visibility.seesAll(credentials))) {
        throw new NotAllowedError(
          'It names components: it is for who may see all of them',
        );
      }
      return slos.discoveries();
    },

    async getSloHistory(call) {
      return slos.history({
        ...(await readable(call as unknown as Call)),
        ...call.query,
      });
    },

    async listSloExclusions(call) {
      const slo = await readable(call as Call);
      const may = await visibility.onEntity(
        [ownershipSloExcludePermission],
        slo.entityRef,
        call.credentials,
      );
      return {
        items: await sloExclusions.list(slo),
        mayChange: may[ownershipSloExcludePermission.name],
      };
    },

    async addSloExclusion(call) {
      const { body, caller, note } = call;
      const exclusion = await sloExclusions.add({
        ...(await excludable(call as unknown as Call)),
        request: body,
        caller,
      });
      note({ exclusion: exclusion.id });
      return exclusion;
    },

    async endSloExclusion(call) {
      const { params, query, caller } = call;
      return sloExclusions.end({
        ...(await excludable(call as unknown as Call)),
        ...query,
        id: params.id,
        caller,
      });
    },

    async pushSamples({ body, caller, credentials, note }) {
      await visibility.require(ownershipSliWritePermission, credentials);
      const answer = await slos.push({ push: body, caller });
      const { accepted, rejected, replayed } = answer;
      note({ accepted, rejected: rejected.length, replayed });
      return answer;
    },
  };
}
