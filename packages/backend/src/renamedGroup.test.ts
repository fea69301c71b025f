import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  RELATION_HAS_MEMBER,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  type EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import catalogModuleOwnership from '@service-ownership/backstage-plugin-catalog-backend-module-ownership';
import ownershipPlugin from '@service-ownership/backstage-plugin-ownership-backend';
import request from 'supertest';

jest.setTimeout(120_000);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
  disableDocker: true,
});

const LOCATION = 'url:https://example.org/catalog-info.yaml';

function entity(kind: string, name: string, spec: Entity['spec']): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: {
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
      },
    },
    spec,
  };
}

const person = (name: string) =>
  entity('User', name, { memberOf: [], profile: {} });
const team = (name: string, ...members: string[]) =>
  entity('Group', name, { type: 'team', children: [], members });
const service = (name: string, owner: string, escalation?: string) =>
  entity('Component', name, {
    type: 'service',
    lifecycle: 'production',
    owner,
    ...(escalation && {
      ownershipContract: { escalation: [{ after: 'PT0M', to: escalation }] },
    }),
  });

describe.each(databases.eachSupportedId())(
  'a group that is renamed in a real catalog on %p',
  databaseId => {
    let backend: Awaited<ReturnType<typeof startTestBackend>>;
    let catalog: EntityProviderConnection;

    beforeAll(async () => {
      backend = await startTestBackend({
        features: [
          catalogPlugin,
          catalogModuleOwnership,
          ownershipPlugin,
          mockServices.scheduler.mock().factory,
          createServiceFactory({
            service: coreServices.database,
            deps: {},
            async factory() {
              const knex = await databases.init(databaseId);
              return { getClient: async () => knex };
            },
          }),
          mockServices.rootConfig.factory({
            data: {
              catalog: { processingInterval: { seconds: 1 } },
              ownership: { drift: { gracePeriod: { seconds: 0 } } },
            },
          }),
          createBackendModule({
            pluginId: 'catalog',
            moduleId: 'organisation',
            register(module) {
              module.registerInit({
                deps: { processing: catalogProcessingExtensionPoint },
                async init({ processing }) {
                  processing.addEntityProvider({
                    getProviderName: () => 'organisation',
                    connect: async connection => {
                      catalog = connection;
                    },
                  });
                },
              });
            },
          }),
        ],
      });
    });
    afterAll(() => backend?.stop());

    const api = (path: string) => `/api/ownership${path}`;
    const until = async (holds: () => Promise<boolean>) => {
      const end = Date.now() + 30_000;
      while (!(await holds())) {
        if (Date.now() > end) {
          throw new Error('It did not come to that within 30 seconds');
        }
      }
    };

    /** Replaces the whole catalog, and waits for it to have followed. */
    async function provide(...entities: Entity[]) {
      await catalog.applyMutation({
        type: 'full',
        entities: entities.map(one => ({ entity: one, locationKey: 'test' })),
      });
      const wanted = entities.map(one => outlineOf(one)).sort();
      await until(async () => {
        const { body } = await request(backend.server).get(
          '/api/catalog/entities',
        );
        const seen = body.map((one: Entity) => outlineOf(one, one.relations));
        return seen.sort().join() === wanted.join();
      });
    }

    /** Scans, or waits for the scan that a change of an alias has started. */
    async function scan() {
      const { body } = await request(backend.server).post(api('/drift/scans'));
      await until(async () => {
        const { body: now } = await request(backend.server).get(
          api(`/drift/scans/${body.id}`),
        );
        return now.state === 'completed';
      });
    }

    const states = () =>
      Promise.all(
        ['cart', 'checkout'].map(async name => {
          const { body } = await request(backend.server).get(
            api(`/entities/component/default/${name}`),
          );
          const owners = body.owners.map(({ ref }: { ref: string }) => ref);
          return [body.state, ...owners];
        }),
      );

    async function findings(rule: string) {
      const { body } = await request(backend.server)
        .get(api('/drift/findings'))
        .query({ rule });
      return body.items.map((one: any) => one.message).sort();
    }

    async function aliases() {
      const { body } = await request(backend.server).get(
        api('/directory/aliases'),
      );
      return body.items.map((one: any) => [
        one.from,
        one.status,
        one.resolvesTo,
        one.components,
        one.unused,
      ]);
    }

    async function point(from: string, to: string) {
      await request(backend.server)
        .put(api('/directory/aliases'))
        .send({ from, to })
        .expect(200);
      await scan();
    }

    async function forget(from: string) {
      await request(backend.server)
        .delete(api('/directory/aliases'))
        .query({ from })
        .expect(204);
      await scan();
    }

    it('is healed by an alias until the files follow, through every turn', async () => {
      const everybody = [person('flo'), person('sam'), team('shop', 'sam')];
      const falconOwns = [
        service('cart', 'Falcon'),
        service('checkout', 'shop', 'group:default/FALCON'),
      ];
      await provide(...everybody, team('falcon', 'flo'), ...falconOwns);
      await scan();
      expect(await states()).toEqual([
        ['owned', 'group:default/falcon'],
        ['owned', 'group:default/shop'],
      ]);

      // It is renamed, and the files have not followed.
      await provide(...everybody, team('kestrel', 'flo'), ...falconOwns);
      await scan();
      expect(await states()).toEqual([
        ['orphaned', 'group:default/falcon'],
        ['at-risk', 'group:default/shop'],
      ]);
      expect(await findings('escalation-broken')).toHaveLength(1);
      const suggested = await request(backend.server)
        .get(api('/directory/aliases/suggestions'))
        .query({ from: 'falcon' });
      expect(suggested.body).toMatchObject({
        items: [{ ref: 'group:default/kestrel', components: 1 }],
        orphans: 1,
        allOrphans: 1,
      });

      // However it is written.
      await point(' Group:Default/FALCON ', 'Kestrel');
      expect(await states()).toEqual([
        ['owned', 'group:default/kestrel'],
        ['owned', 'group:default/shop'],
      ]);
      expect(await findings('escalation-broken')).toEqual([]);
      const says =
        'It says group:default/falcon, which is now group:default/kestrel';
      expect(await findings('owner-renamed')).toEqual([says, says]);
      expect(await aliases()).toEqual([
        ['group:default/falcon', 'in-force', 'group:default/kestrel', 2, false],
      ]);

      // It is renamed again: one alias leads to the other.
      await provide(...everybody, team('osprey', 'flo'), ...falconOwns);
      await scan();
      expect((await states())[0][0]).toBe('orphaned');
      expect(await aliases()).toEqual([
        ['group:default/falcon', 'dangling', undefined, 1, false],
      ]);
      await point('kestrel', 'osprey');
      expect((await states())[0]).toEqual(['owned', 'group:default/osprey']);
      expect(await aliases()).toEqual([
        ['group:default/falcon', 'in-force', 'group:default/osprey', 2, false],
        ['group:default/kestrel', 'in-force', 'group:default/osprey', 0, false],
      ]);

      // The files follow, one after the other.
      const osprey = team('osprey', 'flo');
      await provide(
        ...everybody,
        osprey,
        service('cart', 'osprey'),
        falconOwns[1],
      );
      await scan();
      expect(await findings('owner-renamed')).toHaveLength(1);
      const followed = [
        service('cart', 'osprey'),
        service('checkout', 'shop', 'group:default/osprey'),
      ];
      await provide(...everybody, osprey, ...followed);
      await scan();
      expect(await findings('owner-renamed')).toEqual([]);
      expect((await aliases()).map((alias: unknown[]) => alias[4])).toEqual([
        true,
        false,
      ]);
      await forget('Falcon');
      expect((await aliases()).map((alias: unknown[]) => alias[4])).toEqual([
        true,
      ]);
      await forget('kestrel');
      expect(await states()).toEqual([
        ['owned', 'group:default/osprey'],
        ['owned', 'group:default/shop'],
      ]);

      // A team gives way to a person, who leaves as well.
      await provide(...everybody, ...followed);
      await scan();
      expect((await states())[0][0]).toBe('orphaned');
      await point('osprey', 'user:default/Flo');
      expect((await states())[0]).toEqual(['owned', 'user:default/flo']);
      expect(await findings('owner-not-a-team')).toHaveLength(1);
      await provide(person('sam'), team('shop', 'sam'), ...followed);
      await scan();
      expect((await states())[0]).toEqual(['orphaned', 'group:default/osprey']);
      expect(await aliases()).toEqual([
        ['group:default/osprey', 'dangling', undefined, 1, false],
      ]);
      expect(await findings('owner-unresolvable')).toEqual([
        'group:default/osprey is not in the catalog',
      ]);
      expect(await findings('owner-renamed')).toEqual([]);

      // The team of the old name is there again, and speaks for itself.
      await provide(
        person('sam'),
        team('shop', 'sam'),
        team('osprey', 'sam'),
        ...followed,
      );
      await scan();
      expect((await states())[0]).toEqual(['owned', 'group:default/osprey']);
      expect(await aliases()).toEqual([
        ['group:default/osprey', 'unneeded', undefined, 1, false],
      ]);
      await forget('osprey');
      expect((await states())[0]).toEqual(['owned', 'group:default/osprey']);
    });
  },
);

/** What the catalog has to show of an entity before it is scanned. */
function outlineOf(one: Entity, relations?: Entity['relations']): string {
  const count = (type: string) =>
    relations?.filter(relation => relation.type === type).length;
  const { owner, members = [], ownershipContract } = one.spec ?? {};
  return JSON.stringify([
    stringifyEntityRef(one),
    owner,
    ownershipContract,
    count(RELATION_OWNED_BY) ?? (owner ? 1 : 0),
    count(RELATION_HAS_MEMBER) ?? (members as string[]).length,
  ]);
}
