import type {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { handoverRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import { readHandoverCaller } from './HandoverCaller';
import type { HandoverService } from './HandoverService';

interface Asked {
  credentials: BackstageCredentials;
  caller: string;
}

/**
 * Answers the calls of handovers. Who sees one of the components sees the
 * handover, and so do the teams that give and receive.
 */
export function handoverHandlers(options: {
  handovers: HandoverService;
  visibility: Visibility;
  userInfo: UserInfoService;
}): Handlers<typeof handoverRoutes> {
  const { handovers, visibility, userInfo } = options;
  const callerOf = ({ credentials, caller }: Asked) =>
    readHandoverCaller({ credentials, caller, visibility, userInfo });

  const answer =
    (action: 'accept' | 'decline' | 'cancel' | 'complete') =>
    async (
      call: Asked & {
        params: Record<string, string>;
        body: { comment?: string };
      },
    ) => {
      const { id } = call.params;
      const caller = await callerOf(call);
      await handovers.answer({
        id,
        action,
        caller,
        comment: call.body.comment,
      });
      return handovers.get({ id, caller });
    };

  return {
    async listHandovers(call) {
      return handovers.list({
        query: call.query,
        caller: await callerOf(call),
      });
    },

    async proposeHandover(call) {
      const caller = await callerOf(call);
      const { entityRefs, to } = call.body;
      call.note({ entityRefs, to });
      const id = await handovers.propose({ request: call.body, caller });
      call.note({ handover: id });
      return handovers.get({ id, caller });
    },

    async getHandover(call) {
      return handovers.get({
        id: call.params.id,
        caller: await callerOf(call),
      });
    },

    acceptHandover: answer('accept'),
    declineHandover: answer('decline'),
    cancelHandover: answer('cancel'),
    completeHandover: answer('complete'),

    async checkHandoverItem(call) {
      const { id, item } = call.params;
      call.note({ done: call.body.done });
      const caller = await callerOf(call);
      await handovers.check({ id, item, done: call.body.done, caller });
      return handovers.get({ id, caller });
    },
  };
}
