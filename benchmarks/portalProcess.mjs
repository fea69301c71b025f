// The backend that is measured: the real catalog and the ownership plugin in
// one process, as most portals run them. Started by driftScan.mjs with a
// message channel, through which it is fed and asked for what only the process
// itself knows.
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import catalogNode from '@backstage/plugin-catalog-node';
import { countStatements } from './countStatements.mjs';
import { generateOrganisation } from './generate.mjs';
import { streamFloor } from './streamFloor.mjs';

const require = createRequire(import.meta.url);
const { catalogProcessingExtensionPoint, catalogServiceRef, processingResult } =
  catalogNode;
const statements = countStatements();
const profiler = new Session();
const calls = {};
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20).unref();

// Kinds that the catalog does not know by itself. A vessel may have any number
// of owners.
const ownKinds = {
  getProcessorName: () => 'OwnKinds',
  validateEntityKind: async ({ kind }) =>
    ['Vessel', 'OwnershipContract'].includes(kind),
  async postProcessEntity(entity, _location, emit) {
    if (entity.kind === 'Vessel') {
      const vessel = refOf('Vessel', entity.metadata.name);
      for (const owner of entity.spec.owners) {
        const group = refOf('Group', owner);
        const relate = (source, type, target) =>
          emit(processingResult.relation({ source, type, target }));
        relate(vessel, 'ownedBy', group);
        relate(group, 'ownerOf', vessel);
      }
    }
    return entity;
  },
};
const refOf = (kind, name) => ({ kind, namespace: 'default', name });

const benchmarkModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'benchmark',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ auth, catalog, processing }) {
        let connection;
        processing.addProcessor(ownKinds);
        processing.addEntityProvider({
          getProviderName: () => 'benchmark',
          connect: async to => {
            connection = to;
          },
        });
        const credentials = () => auth.getOwnServiceCredentials();
        const add = entities =>
          connection.applyMutation({
            type: 'delta',
            added: entities.map(entity => ({
              entity,
              locationKey: 'benchmark',
            })),
            removed: [],
          });

        Object.assign(calls, {
          // One great mutation of an empty catalog is quadratic.
          async feed({ from, to, ...options }) {
            const { entities } = generateOrganisation(options);
            await add(entities.slice(from, to));
            return { total: entities.length };
          },
          async change({ share, revision, ...options }) {
            const changed = generateOrganisation(options).entities.filter(
              ({ kind }, index) =>
                kind === 'Component' && index % Math.round(1 / share) === 0,
            );
            for (const { metadata } of changed) {
              metadata.description = `${metadata.description} (${revision})`;
              metadata.annotations[
                'benchmark.example.org/revision'
              ] = `${revision}`;
            }
            await add(changed);
            return { changed: changed.length };
          },
          async count({ filter }) {
            const { totalItems } = await catalog.queryEntities(
              { filter, limit: 0 },
              { credentials: await credentials() },
            );
            return totalItems;
          },
          async floor() {
            return streamFloor({ catalog, credentials: await credentials() });
          },
          async startProfile() {
            profiler.connect();
            await profiler.post('Profiler.enable');
            await profiler.post('Profiler.start');
          },
          async stopProfile({ file }) {
            const { profile } = await profiler.post('Profiler.stop');
            profiler.disconnect();
            await writeFile(file, JSON.stringify(profile));
          },
          async takeStatements() {
            return statements.take();
          },
          async takePeak() {
            const taken = peak;
            global.gc?.();
            peak = process.memoryUsage.rss();
            return { peak: taken, now: peak };
          },
        });
      },
    });
  },
});

const config = new ConfigReader(JSON.parse(process.env.BENCHMARK_CONFIG));
const backend = createBackend();
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () => config,
  }),
);
backend.add(require('@backstage/plugin-catalog-backend'));
backend.add(require('@service-ownership/backstage-plugin-ownership-backend'));
backend.add(benchmarkModule);
if (config.has('techInsights')) {
  const { peerFeatures } = await import('./peer/peerFeatures.mjs');
  peerFeatures({ calls }).forEach(feature => backend.add(feature));
}

process.on('message', async ({ id, call, options }) => {
  try {
    process.send({ id, result: await calls[call](options ?? {}) });
  } catch (error) {
    process.send({ id, error: error.stack });
  }
});
process.on('disconnect', () => process.exit(0));
try {
  await backend.start();
} catch (error) {
  // It has said why; connections that are open would keep it alive.
  console.error(error.message);
  process.exit(1);
}
process.send({ started: true });
