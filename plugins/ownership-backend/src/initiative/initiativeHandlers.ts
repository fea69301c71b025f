import {
  ownershipInitiativeManagePermission,
  ownershipReadPermission,
  type InitiativeDetail,
  type initiativeRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Handlers } from '../api/mountRoutes';
import type { Visibility } from '../api/Visibility';
import type { InitiativeEditor } from './InitiativeEditor';
import type { InitiativeService } from './InitiativeService';

/**
 * Answers the calls of initiatives. Everybody sees them, counted over what
 * they may see; `ownership.initiative.manage` writes.
 */
export function initiativeHandlers(options: {
  initiatives: InitiativeService;
  initiativeEditor: InitiativeEditor;
  visibility: Visibility;
}): Handlers<typeof initiativeRoutes> {
  const { initiatives, initiativeEditor: editor, visibility } = options;

  const mayManage = (credentials: BackstageCredentials) =>
    visibility.require(ownershipInitiativeManagePermission, credentials);
  const maySee = (entityRef: string, credentials: BackstageCredentials) =>
    visibility.requireOnEntity(
      ownershipReadPermission,
      entityRef.toLocaleLowerCase('en-US'),
      credentials,
    );
  const detail = async (
    id: string,
    credentials: BackstageCredentials,
  ): Promise<InitiativeDetail> =>
    initiatives.get({ id, visible: await visibility.visibleRefs(credentials) });

  return {
    async listInitiatives({ query, credentials }) {
      return {
        items: await initiatives.list({
          team: query.team,
          states: query.state === undefined ? undefined : [query.state].flat(),
          visible: await visibility.visibleRefs(credentials),
        }),
      };
    },

    async previewInitiative({ body, credentials }) {
      return initiatives.preview({
        goal: body.goal,
        scope: body.scope ?? {},
        visible: await visibility.visibleRefs(credentials),
        credentials,
      });
    },

    async createInitiative({ body, credentials, caller, note }) {
      await mayManage(credentials);
      const id = await editor.create(body, { caller, credentials });
      note({ initiative: id });
      return detail(id, credentials);
    },

    async getInitiative({ params, credentials }) {
      return detail(params.id, credentials);
    },

    async changeInitiative({ params, body, credentials }) {
      await mayManage(credentials);
      await editor.change(params.id, body, {
        credentials,
        seesAll: await visibility.seesAll(credentials),
      });
      return detail(params.id, credentials);
    },

    async deleteInitiative({ params, credentials, response }) {
      await mayManage(credentials);
      await editor.remove(params.id);
      response.status(204).end();
    },

    async listInitiativeEntities({ params, query, credentials }) {
      return initiatives.entities({
        id: params.id,
        query,
        visible: await visibility.visibleRefs(credentials),
      });
    },

    async exemptFromInitiative({ params, body, credentials, caller, note }) {
      note({ entityRef: body.entityRef, expiresAt: body.expiresAt });
      await mayManage(credentials);
      await maySee(body.entityRef, credentials);
      await editor.exempt(params.id, body, caller);
      return detail(params.id, credentials);
    },

    async withdrawInitiativeExemption({ params, query, credentials, note }) {
      note({ entityRef: query.entityRef });
      await mayManage(credentials);
      await maySee(query.entityRef, credentials);
      await editor.withdrawExemption(params.id, query.entityRef);
      return detail(params.id, credentials);
    },
  };
}
