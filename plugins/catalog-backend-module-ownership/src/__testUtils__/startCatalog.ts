import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  mockErrorHandler,
  mockServices,
  startTestBackend,
  type TestDatabaseId,
  type TestDatabases,
} from '@backstage/backend-test-utils';
import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import {
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import type { JsonValue } from '@backstage/types';
import type { VerdictSnapshot } from '@service-ownership/backstage-plugin-ownership-common';
import { Router } from 'express';
import request from 'supertest';
import catalogModuleOwnership from '..';

/** Where the code host has the files; `tree` is how its integration asks. */
export const REPOSITORY = 'https://github.com/acme/shop/tree/main';

/** Where the test's entities come from unless told. */
const CATALOG_FILE = 'https://github.com/acme/shop/blob/main/catalog-info.yaml';

/** A code host that can be told what it has, and to fail. */
export class CodeHost {
  readonly files = new Map<string, string>();
  failing = false;
  /** Requests for each address. */
  readonly reads = new Map<string, number>();

  async readUrl(url: string, options?: { etag?: string }) {
    this.reads.set(url, (this.reads.get(url) ?? 0) + 1);
    if (this.failing) {
      throw new Error(`${url} could not be read, 503 Service Unavailable`);
    }
    const text = this.files.get(url);
    if (text === undefined) {
      throw new NotFoundError(`${url} could not be read, 404 Not Found`);
    }
    const etag = `"${text.length}-${text.slice(0, 20)}"`;
    if (options?.etag === etag) {
      throw new NotModifiedError();
    }
    return { buffer: async () => Buffer.from(text), etag };
  }
}

/** The ownership backend as far as the processor knows it. */
export class OwnershipBackend {
  down = false;
  snapshot: VerdictSnapshot = {
    refs: { 'at-risk': [], orphaned: [], unknown: [] },
  };
  /** Status codes of the answers given. */
  readonly answers: number[] = [];

  judge(
    verdicts: Partial<VerdictSnapshot['refs']>,
    scannedAt = new Date(),
  ): void {
    this.snapshot = {
      scannedAt: scannedAt.toISOString(),
      refs: { 'at-risk': [], orphaned: [], unknown: [], ...verdicts },
    };
  }
}

/**
 * Starts a real catalog with the module, fed by an entity provider, beside a
 * code host and an ownership backend that obey the test.
 */
export async function startCatalog(options: {
  databases: TestDatabases;
  databaseId: TestDatabaseId;
  config?: object;
}) {
  const host = new CodeHost();
  const ownership = new OwnershipBackend();
  let connection: EntityProviderConnection | undefined;
  let events: EventsService | undefined;
  const knex = await options.databases.init(options.databaseId);

  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleOwnership,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            processingInterval: { seconds: 1 },
            orphanStrategy: 'keep',
            rules: [{ allow: ['Component', 'OwnershipContract', 'SLO'] }],
          },
          ownership: { processor: { snapshotInterval: { seconds: 1 } } },
          ...options.config,
        },
      }),
      createServiceFactory({
        service: coreServices.urlReader,
        deps: {},
        factory: () => host as Pick<CodeHost, 'readUrl'> as UrlReaderService,
      }),
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'test-provider',
        register(reg) {
          reg.registerInit({
            deps: {
              catalog: catalogProcessingExtensionPoint,
              eventsService: eventsServiceRef,
            },
            async init({ catalog, eventsService }) {
              events = eventsService;
              catalog.addEntityProvider({
                getProviderName: () => 'test',
                connect: async given => {
                  connection = given;
                },
              });
            },
          });
        },
      }),
      createBackendPlugin({
        pluginId: 'ownership',
        register(reg) {
          reg.registerInit({
            deps: {
              router: coreServices.httpRouter,
              httpAuth: coreServices.httpAuth,
            },
            async init({ router, httpAuth }) {
              const routes = Router();
              routes.get('/drift/verdicts', async (req, res) => {
                await httpAuth.credentials(req, { allow: ['service'] });
                res.on('finish', () => ownership.answers.push(res.statusCode));
                if (ownership.down) {
                  res.status(503).end();
                } else {
                  res.json(ownership.snapshot);
                }
              });
              routes.use(mockErrorHandler());
              router.use(routes);
            },
          });
        },
      }),
    ],
  });
  const api = () => request(backend.server);

  return {
    host,
    ownership,
    /** Replaces all entities of the catalog. */
    async provide(entities: Entity[]): Promise<void> {
      await connection!.applyMutation({
        type: 'full',
        entities: entities.map(entity => ({ entity, locationKey: 'test' })),
      });
    },
    /** The entity as the catalog shows it now. */
    async entity(ref: string): Promise<Entity | undefined> {
      const { kind, namespace, name } = parseEntityRef(ref);
      const { status, body } = await api().get(
        `/api/catalog/entities/by-name/${kind}/${namespace}/${name}`,
      );
      return status === 200 ? body : undefined;
    },
    /** Names of the entities a filter of the catalog finds, sorted. */
    async find(filter: string): Promise<string[]> {
      const { body } = await api()
        .get('/api/catalog/entities')
        .query({ filter });
      return body.map((entity: Entity) => entity.metadata.name).sort();
    },
    async announceScan(): Promise<void> {
      await events!.publish({
        topic: 'ownership',
        eventPayload: { type: 'scan.completed' },
      });
    },
    stop: () => backend.stop(),
  };
}

/** A Component whose catalog file is at `location`. */
export function component(options: {
  name: string;
  location?: string;
  contract?: unknown;
  metadata?: Partial<Entity['metadata']>;
}): Entity {
  const { name, contract, metadata } = options;
  const location = options.location ?? `url:${CATALOG_FILE}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      ...metadata,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
        ...metadata?.annotations,
      },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/payments',
      ...(contract === undefined
        ? {}
        : { ownershipContract: contract as JsonValue }),
    },
  };
}

/** Asks until the answer satisfies the expectation, for at most 20 seconds. */
export async function eventually(expectation: () => Promise<void>) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
