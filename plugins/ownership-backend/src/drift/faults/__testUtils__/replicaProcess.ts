// A replica of the ownership backend as a process of its own, so that it can
// be killed like one: all its services on a real database, its clock and its
// catalog as it is told. Started by Replica.ts with a message channel.
import { setTimeout } from 'node:timers/promises';
import type {
  AuthService,
  DiscoveryService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { driftRules } from '@service-ownership/backstage-plugin-ownership-common';
import knexFactory, { type Knex } from 'knex';
import { createServices } from '../../../createServices';
import type { ScanRunner } from '../../scan/ScanRunner';
import { faultOrganisation, type Moment } from './faultOrganisation';
import { listCatalog } from './listCatalog';
import type { ReplicaCall, ReplicaScan } from './ReplicaCall';

let now = new Date(0);
let moment: Moment = 'first';
let sink = '';
let steps = 0;
let counts = true;
let killAt = Infinity;
let pauseAtPage = Infinity;
let pages = 0;
let reads = 0;
let resume = () => {};
const replicas = new Map<
  string,
  { knex: Knex; services: ReturnType<typeof createServices> }
>();

const logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => logger,
} as LoggerService;

/** Everything that reaches beyond the process is a step before which, or after which, it may die. */
function step(): void {
  steps += counts ? 1 : 0;
  if (counts && steps === killAt) {
    process.kill(process.pid, 'SIGKILL');
  }
}

async function tell(path: string, body: unknown): Promise<void> {
  step();
  await fetch(`${sink}/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  step();
}

const catalog = listCatalog({
  entities: () => faultOrganisation(moment),
  onAnswer: async what => {
    step();
    pages += what === 'page' ? 1 : 0;
    reads += what === 'refs' ? 1 : 0;
    if (what === 'page' && pages === pauseAtPage) {
      const resumed = new Promise<void>(resolve => {
        resume = resolve;
      });
      process.send?.({ paused: true });
      await resumed;
    }
  },
});

/** So small that the organisation has many parts. */
const PART_SIZE = 25;

function replicaOn(connection: string, shards: number) {
  const known = replicas.get(connection);
  if (known) {
    return known;
  }
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: 5000,
  });
  knex.on('query', step);
  knex.on('query-response', step);
  const services = createServices({
    knex,
    catalog,
    logger,
    now: () => now,
    config: new ConfigReader({
      ownership: {
        platformTeam: 'group:default/platform',
        drift: { gracePeriod: { minutes: 0 }, shards },
      },
    }),
    auth: {
      getOwnServiceCredentials: async () => ({ principal: {} }),
    } as unknown as AuthService,
    events: {
      publish: ({ eventPayload }) => tell('events', eventPayload),
    } as EventsService,
    notifications: {
      send: message => tell('notifications', message),
    } satisfies NotificationService,
    discovery: {} as DiscoveryService,
    permissions: {} as PermissionsService,
    urlReader: {} as UrlReaderService,
    userInfo: {} as UserInfoService,
    rules: [...driftRules],
    onCallProviders: [],
    sliSources: [],
    partSize: PART_SIZE,
  });
  const replica = { knex, services };
  replicas.set(connection, replica);
  return replica;
}

/** Looks for parts again and again, as the scheduler does, from when a scan begins until it has ended. */
async function help({ knex, scans }: { knex: Knex; scans: ScanRunner }) {
  for (let begun = false; ; ) {
    counts = false;
    const running = await knex('scans').where({ state: 'running' }).first();
    counts = true;
    if (begun && !running) {
      return;
    }
    if (running) {
      begun = true;
      await scans.help();
    }
    await setTimeout(2);
  }
}

async function scan(options: ReplicaScan) {
  now = new Date(options.now);
  moment = options.moment;
  sink = options.sink;
  killAt = options.killAt ?? Infinity;
  pauseAtPage = options.pauseAtPage ?? Infinity;
  steps = 0;
  pages = 0;
  reads = 0;
  const { connection, shards = 1 } = options;
  const { knex, services } = replicaOn(connection, shards);
  if (options.helps) {
    await help({ knex, scans: services.scans });
  } else {
    await services.scans.run();
  }
  return { steps, reads };
}

process.on(
  'message',
  async ({ id, scan: options, release, goOn, now: turned }: ReplicaCall) => {
    if (turned) {
      now = new Date(turned);
      return;
    }
    if (goOn) {
      resume();
      return;
    }
    try {
      if (release) {
        await replicas.get(release)?.knex.destroy();
        replicas.delete(release);
      }
      process.send?.({ id, result: options ? await scan(options) : {} });
    } catch (error) {
      process.send?.({ id, error: String(error) });
    }
  },
);
process.on('disconnect', () => process.exit(0));
process.send?.({ started: true });
