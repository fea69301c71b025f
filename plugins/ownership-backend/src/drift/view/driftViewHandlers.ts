import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  ownershipScanRunPermission,
  type driftViewRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../../api/mountRoutes';
import type { Visibility } from '../../api/Visibility';
import type { DriftViews, ViewCaller } from './DriftViews';

/**
 * The calls of saved views.
 */
export function driftViewHandlers(options: {
  driftViews: DriftViews;
  visibility: Visibility;
}): Handlers<typeof driftViewRoutes> {
  const { driftViews, visibility } = options;

  const callerOf = async (call: {
    credentials: BackstageCredentials;
    caller: string;
  }): Promise<ViewCaller> => ({
    caller: call.caller,
    mayShare: await visibility
      .require(ownershipScanRunPermission, call.credentials)
      .then(
        () => true,
        error => {
          if (error instanceof NotAllowedError) {
            return false;
          }
          throw error;
        },
      ),
  });

  return {
    async listDriftViews(call) {
      const caller = await callerOf(call);
      return {
        items: await driftViews.list(caller),
        mayShare: caller.mayShare,
      };
    },

    async createDriftView(call) {
      const view = await driftViews.create(call.body, await callerOf(call));
      call.note({ view: view.id, shared: view.shared });
      return view;
    },

    async changeDriftView(call) {
      return driftViews.change(call.params.id, call.body, await callerOf(call));
    },

    async deleteDriftView(call) {
      await driftViews.delete(call.params.id, await callerOf(call));
      call.response.status(204).end();
    },
  };
}
