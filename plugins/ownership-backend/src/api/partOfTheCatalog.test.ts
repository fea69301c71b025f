import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
  type TestDatabaseId,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  briefRoutes,
  contractRoutes,
  directoryRoutes,
  driftRoutes,
  driftViewRoutes,
  entityRoutes,
  handoverRoutes,
  initiativeRoutes,
  measureRoutes,
  runbookRoutes,
  scorecardRoutes,
  sloRoutes,
  type ApiRoute,
  type Finding,
} from '@service-ownership/backstage-plugin-ownership-common';
import request from 'supertest';
import { z } from 'zod';
import { catalogEntity, team } from '../__testUtils__/driftBench';
import { TestPolicy } from '../__testUtils__/testServer';
import { ownershipPlugin } from '../plugin';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** Badges are for who has their address. */
const routes = {
  ...briefRoutes,
  ...contractRoutes,
  ...directoryRoutes,
  ...driftRoutes,
  ...driftViewRoutes,
  ...entityRoutes,
  ...handoverRoutes,
  ...initiativeRoutes,
  ...measureRoutes,
  ...runbookRoutes,
  ...scorecardRoutes,
  ...sloRoutes,
};

const [ours, theirs] = ['group:default/ours', 'group:default/theirs'];

/** What is hidden: as many components of the same team, and all else differs. */
interface Hidden {
  /** In all of its names. */
  word: string;
  spec: JsonObject;
  colour: string;
}

const kraken: Hidden = {
  word: 'kraken',
  spec: {
    type: 'service',
    lifecycle: 'production',
    ownershipContract: {
      tier: 'tier-1',
      mission: 'Rises from the deep',
      review: { reviewedAt: '2020-01-01' },
    },
  },
  colour: 'blue',
};
const walrus: Hidden = {
  word: 'walrus',
  spec: {
    type: 'library',
    lifecycle: 'deprecated',
    ownershipContract: { tier: 'tear-1', mission: 5 },
  },
  colour: 'red',
};

function entitiesWith({ word, spec, colour }: Hidden): Entity[] {
  const within = (whole: string, entity: Entity): Entity => ({
    ...entity,
    relations: [
      ...entity.relations!,
      { type: 'partOf', targetRef: whole.replace(':', ':default/') },
    ],
  });
  const [theirSystem, theirDomain] = [`${word}-system`, `${word}-domain`];
  return [
    ...team('ours', ['ada']),
    catalogEntity('Domain', 'sales', { owner: 'ours' }),
    within(
      'domain:sales',
      catalogEntity('System', 'shop', { owner: 'ours', domain: 'sales' }),
    ),
    within(
      'system:shop',
      catalogEntity('Component', 'cart', { owner: 'ours', type: 'service' }),
    ),
    catalogEntity('Component', 'card', { owner: 'ours', type: 'library' }),
    ...team('theirs', ['eve']),
    catalogEntity('Domain', theirDomain, { owner: 'theirs' }),
    within(
      `domain:${theirDomain}`,
      catalogEntity(
        'System',
        theirSystem,
        { owner: 'theirs', domain: theirDomain },
        { title: `The ${word}` },
      ),
    ),
    ...[1, 2].map(number =>
      within(
        `system:${theirSystem}`,
        catalogEntity(
          'Component',
          `${word}-${number}`,
          { owner: 'theirs', ...spec },
          { title: `${word} ${number}`, labels: { colour } },
        ),
      ),
    ),
  ].map(entity => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      uid: stringifyEntityRef(entity),
      etag: 'one',
    },
  }));
}

type Method = 'get' | 'post' | 'put' | 'delete';

/** The plugin as it runs, after a scan of one catalog. */
async function portal(id: TestDatabaseId, hidden: Hidden) {
  const policy = new TestPolicy();
  const entities = entitiesWith(hidden);
  const backend = await startTestBackend({
    features: [
      ownershipPlugin,
      mockServices.database.factory({ knex: await databases.init(id) }),
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => policy.permissions,
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send: async () => {} }),
      }),
    ],
  });
  const ask = async (method: Method, path: string, body?: object) => {
    const { status, text } = await request(backend.server)
      [method](`/api/ownership${path}`)
      .send(body);
    // Clocks and random ids tell nothing.
    return `${status} ${text
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, '<time>')
      .replace(/[\da-f]{8}-[\da-f-]{27}/g, '<id>')}`;
  };
  await ask('post', '/drift/scans', {});
  let scans = '';
  while (!scans.includes('"completed"')) {
    scans = await ask('get', '/drift/scans');
    expect(scans).not.toContain('"failed"');
  }
  const { items } = JSON.parse(
    (await ask('get', '/drift/findings?limit=500')).slice(4),
  );
  return {
    ask,
    policy,
    stop: () => backend.stop(),
    findings: (items as Finding[]).flatMap(finding =>
      finding.entityRef.includes(hidden.word) ? finding.id : [],
    ),
    secrets: entities
      .map(entity => stringifyEntityRef(entity))
      .filter(ref => ref.includes(hidden.word) || ref.endsWith('/theirs')),
  };
}

/** What can be asked by name of what is hidden, for each parameter of a query. */
function probesFor(secrets: string[]): Record<string, string[]> {
  const of = (kind: string) => secrets.filter(ref => ref.startsWith(kind));
  const moments = ['2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z'];
  return {
    team: ['group:default/ours', 'group:default/theirs', 'none'],
    system: of('system:'),
    domain: of('domain:'),
    entityRef: of('component:'),
    ref: secrets,
    ownerRef: ['group:default/theirs', 'none'],
    from: ['group:default/theirs', ...moments],
    text: ['kraken', 'walrus', 'contract'],
    kind: ['team', 'system', 'domain', 'component'],
    state: ['owned', 'at-risk', 'orphaned', 'active', 'met', 'no-data'],
    findingState: ['open', 'closed'],
    waiver: ['requested', 'expiring'],
    assignee: ['none', 'user:default/eve'],
    tier: ['tier-1', 'none'],
    severity: ['critical', 'high', 'low'],
    rule: ['contract-invalid', 'runbook-missing'],
    level: ['none', 'unknown'],
    groupBy: ['team', 'ownerRef', 'rule', 'tier', 'system', 'domain', 'age'],
    orderBy: ['entityRef', 'state', 'severity', 'score', 'level'],
    format: ['csv', 'json', 'markdown', 'sarif'],
    show: ['cost', 'over-budget', 'incidents', 'failures', 'toil-hours'],
    currency: ['EUR'],
    firing: ['any'],
    limit: ['1'],
    days: ['7'],
    minAgeDays: ['0'],
    maxAgeDays: ['1'],
    step: ['300'],
    cursor: ['x'],
    ...Object.fromEntries(
      [
        'to',
        'on',
        'since',
        'openedSince',
        'closedSince',
        'reviewDueBefore',
      ].map(name => [name, moments]),
    ),
  };
}

/** Every call that reads, with each parameter on its own. */
function everyRead(options: {
  probes: Record<string, string[]>;
  paths: string[];
}): string[] {
  const { probes, paths } = options;
  return Object.values(routes).flatMap(({ method, path, query }: ApiRoute) => {
    // How much a scan opened and closed is of everything, whatever is asked.
    if (method !== 'get' || path.startsWith('/drift/scans')) {
      return [];
    }
    const places = path.includes(':name')
      ? paths.map(ref => path.replace(':kind/:namespace/:name', ref))
      : [path];
    const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    // A parameter that is new has to be thought of here.
    expect(Object.keys(probes)).toEqual(expect.arrayContaining(names));
    const base = (query?.safeParse({}).error?.issues ?? [])
      .map(issue => String(issue.path[0]))
      .map(name => [name, probes[name][0]] as const);
    const queries = [
      base,
      ...names.flatMap(name =>
        probes[name].map(value => [...base, [name, value] as const]),
      ),
    ];
    return places.flatMap(place =>
      queries.map(
        parameters =>
          `${place
            .replace(
              '/scorecards/:id',
              '/scorecards/service-ownership-maturity',
            )
            .replace(/:\w+/g, 'availability')}?${new URLSearchParams(
            Object.fromEntries(parameters),
          )}`,
      ),
    );
  });
}

describe.each(databases.eachSupportedId())(
  'a part of the catalog, on %s',
  id => {
    let worlds: Array<Awaited<ReturnType<typeof portal>>>;
    let secrets: string[];

    beforeAll(async () => {
      worlds = [await portal(id, kraken), await portal(id, walrus)];
      secrets = [...new Set(worlds.flatMap(world => world.secrets))];
    });
    afterAll(async () => {
      for (const { stop } of worlds) {
        await stop();
      }
    });

    /** Whether an answer is another one where what is hidden is another. */
    const differs = async (method: Method, path: string, body?: object) => {
      const [a, b] = await Promise.all(
        worlds.map(({ ask }) => ask(method, path, body)),
      );
      return a === b
        ? []
        : [`${method} ${path} ${JSON.stringify(body)}\n${a}\n${b}`];
    };
    const restrict = () => {
      for (const { policy } of worlds) {
        secrets.forEach(ref => policy.hidden.add(ref));
      }
    };

    it('is the same whatever the rest holds, for every call that reads', async () => {
      const reads = everyRead({
        probes: probesFor(secrets),
        paths: ['kraken-1', 'walrus-1', 'nothing'].map(
          name => `component/default/${name}`,
        ),
      }).concat(
        worlds.flatMap(({ findings }) =>
          findings.map(
            finding => `/drift/findings/${encodeURIComponent(finding)}`,
          ),
        ),
      );
      const different = async (paths: string[]) => {
        const found = [];
        for (const path of paths) {
          found.push(...(await differs('get', path)));
        }
        return found;
      };
      // Who sees all of it sees that there are two.
      const some = reads.filter((_, index) => index % 10 === 0);
      expect((await different(some)).length).toBeGreaterThan(10);
      restrict();
      expect(await different(reads)).toEqual([]);
    });

    it('is the same for what is tried out, started and changed', async () => {
      restrict();
      const found: string[] = [];
      const compare = async (...call: Parameters<typeof differs>) =>
        found.push(...(await differs(...call)));
      const rules = ['contract-invalid', 'runbook-missing'];
      const teams = [undefined, ours, theirs];
      const predicates = [
        {},
        { 'metadata.name': 'kraken-1' },
        { 'metadata.title': { $hasPrefix: 'wal' } },
        { 'spec.type': 'library' },
        { 'metadata.labels.colour': 'blue' },
      ];
      for (const [index, predicate] of predicates.entries()) {
        for (const [minute, scopeTeam] of teams.entries()) {
          const goal = { ruleIds: rules };
          const scope = { predicate, team: scopeTeam };
          await compare('post', '/initiatives/preview', { goal, scope });
          await compare('post', '/initiatives', {
            ...{ goal, scope, state: 'active', ownerRef: ours },
            title: `Number ${index}`,
            startsAt: '2090-01-01T00:00:00Z',
            // Lists go by it.
            dueAt: `2091-01-01T0${index}:0${minute}:00Z`,
          });
        }
        await compare('post', '/scorecards/dry-run', {
          scorecard: {
            ...{ id: 'mine', title: 'Mine', appliesTo: predicate },
            levels: [{ id: 'low', title: 'Low', rules }],
          },
        });
        await compare('post', '/drift/rules/dry-run', {
          rules: {
            'runbook-missing': { severity: 'critical', appliesTo: predicate },
          },
        });
      }
      for (const { ask } of worlds) {
        expect(await ask('get', '/initiatives')).toContain('Number 4');
      }
      for (const query of ['', `?team=${ours}`, `?team=${theirs}`]) {
        await compare('get', `/initiatives${query}`);
        await compare('get', `/digests/weekly${query}`);
      }
      await compare('post', '/entities/by-refs', { entityRefs: secrets });
      await compare('post', '/attestations', { entityRefs: secrets });
      for (const ref of secrets) {
        const path = `/entities/${ref.replace(':', '/')}`;
        await compare('post', `${path}/attestations`, {});
        await compare('post', `${path}/owner-suggestions/accept`, {
          owner: ours,
        });
        await compare('post', '/handovers', {
          ...{ entityRefs: [ref], to: ours, reason: 'For this' },
        });
      }
      for (const finding of worlds.flatMap(({ findings }) => findings)) {
        const path = `/drift/findings/${encodeURIComponent(finding)}`;
        await compare('post', `${path}/acknowledgements`, { comment: 'Seen' });
        await compare('post', `${path}/comments`, { text: 'Seen' });
        await compare('put', `${path}/assignee`, {
          assignee: 'user:default/eve',
        });
        await compare('delete', `${path}/waivers`);
      }
      expect(found).toEqual([]);
    });
  },
);
