import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { ApiRoutes } from '@service-ownership/backstage-plugin-ownership-common';
import express, { type Express } from 'express';
import Router from 'express-promise-router';
import { mountRoutes, type Handlers } from '../api/mountRoutes';
import { Visibility } from '../api/Visibility';

const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

/**
 * Permissions under a policy a test can change while it runs.
 */
export class TestPolicy {
  /** Refs the caller may not see; with one or more the policy is conditional. */
  hidden = new Set<string>();
  /** Names of permissions that are denied everywhere. */
  denied = new Set<string>();
  readonly permissions = mockServices.permissions.mock({
    authorize: async asked =>
      asked.map(({ permission, resourceRef }) => ({
        result:
          this.denied.has(permission.name) || this.hidden.has(resourceRef ?? '')
            ? DENY
            : ALLOW,
      })),
    authorizeConditional: async asked =>
      asked.map(({ permission }) => {
        if (this.denied.has(permission.name)) {
          return { result: DENY };
        }
        return this.hidden.size === 0
          ? { result: ALLOW }
          : {
              result: CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                rule: 'HAS_METADATA',
                resourceType: 'catalog-entity',
                params: {},
              },
            };
      }),
  });

  /** Forgets nothing between two calls: tests change the policy at will. */
  visibility(catalog: CatalogService): Visibility {
    return new Visibility({
      permissions: this.permissions,
      catalog,
      cacheMs: 0,
    });
  }
}

/**
 * Serves routes as the plugin does, and holds every answer against its schema.
 * `audited` hears what the audit log says of calls that went well.
 */
export function testServer(
  mount: (
    add: <T extends ApiRoutes>(routes: T, handlers: Handlers<T>) => void,
  ) => void,
  audited?: (meta: unknown) => void,
): Express {
  const router = Router();
  router.use(express.json({ limit: '2mb' }));
  mount((routes, handlers) =>
    mountRoutes({
      router,
      routes,
      handlers,
      httpAuth: mockServices.httpAuth(),
      auditor: mockServices.auditor.mock({
        createEvent: async () => ({
          success: async options => audited?.(options?.meta),
          fail: async () => {},
        }),
      }),
      checkAnswers: true,
    }),
  );
  return express().use(router).use(mockErrorHandler());
}
