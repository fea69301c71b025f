import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  DiscoveredSlo,
  SliDiscovery,
} from '@service-ownership/backstage-plugin-ownership-node';
import type { Knex } from 'knex';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import { SloService } from '../SloService';
import { SliDiscoverer } from './SliDiscoverer';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const signal = new AbortController().signal;
const NOW = new Date('2026-11-21T08:02:00Z');
const checkout = 'component:default/checkout';
const ledger = 'component:default/ledger';

function found(name: string, change: Partial<DiscoveredSlo> = {}) {
  const { origin, ...definition } = written(name);
  return {
    definition,
    place: 'Sloth, discovered at server main',
    labels: { slo: name },
    component: 'checkout',
    ...change,
  };
}

function written(name: string, objective = 0.98): SloDefinition {
  return {
    name,
    title: name,
    objective,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '28d', durationSeconds: 28 * 86_400 },
    noDataSlices: 'ignore',
    indicator: { bad: 'bad', total: 'total', type: 'test' },
    origin: { entityRef: checkout, path: `slos[${name}]` },
    warnings: [],
  };
}

async function setUp(knex: Knex) {
  const logger = mockServices.logger.mock();
  const now = () => NOW;
  for (const [kind, name] of [
    ['component', 'checkout'],
    ['component', 'ledger'],
  ]) {
    await knex('components').insert({
      entity_ref: `${kind}:default/${name}`,
      kind,
      namespace: 'default',
      name,
      state: 'owned',
      state_since: NOW.toISOString(),
      state_reason: '',
      fingerprint: '',
      document: JSON.stringify({
        contract: { provenance: {} },
        entity: { metadata: {} },
      }),
    });
  }
  const slos = new SloService({ knex, logger, now });
  const servers: { answer: SliDiscovery[] | Error } = { answer: [] };
  const discoverer = new SliDiscoverer({
    knex,
    slos,
    logger,
    now,
    auth: mockServices.auth(),
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: {
            name: 'ledger',
            annotations: {
              'service-ownership.io/slo-selector': 'slo=ledger writes',
            },
          },
        },
      ],
    }),
    sources: [
      {
        id: 'test',
        reads: () => false,
        async *read() {},
        async discover() {
          if (servers.answer instanceof Error) {
            throw servers.answer;
          }
          return servers.answer;
        },
      },
    ],
  });
  return {
    slos,
    write: (...list: SloDefinition[]) =>
      slos.syncDefinitions({
        definitionsByEntity: new Map([[checkout, list]]),
      }),
    async discover(...answer: SliDiscovery[]) {
      servers.answer = answer;
      await discoverer.discover({ signal });
    },
    async fail() {
      servers.answer = new Error('boom');
      await discoverer.discover({ signal });
    },
    async names() {
      const byEntity = await slos.statusesByEntity();
      return [...byEntity]
        .flatMap(([ref, list]) => list.map(({ slo }) => `${ref} ${slo}`))
        .sort();
    },
    async unassigned() {
      const { items } = await slos.discoveries();
      return items;
    },
  };
}

const main = (...slos: DiscoveredSlo[]): SliDiscovery => ({
  server: 'main',
  slos,
  problems: [],
});

describe.each(databases.eachSupportedId())('SliDiscoverer on %s', id => {
  it('takes recorded SLOs over beside written ones, and neither removes the other', async () => {
    const knex = await migratedDatabase(databases, id);
    const { slos, write, discover, names, unassigned } = await setUp(knex);
    await write(written('own'), written('both', 0.9));
    await discover(
      main(
        found('requests'),
        found('both'),
        found('ledger-writes', {
          labels: { slo: 'ledger writes' },
          component: undefined,
        }),
        found('stray', { component: 'nobody' }),
        found('requests', { labels: { slo: 'again' } }),
      ),
    );
    const all = [
      `${checkout} both`,
      `${checkout} own`,
      `${checkout} requests`,
      `${ledger} ledger-writes`,
    ];
    expect(await names()).toEqual(all);
    const detail = await slos.detail({ entityRef: checkout, slo: 'requests' });
    expect(detail.status.discovered).toBe(true);
    expect(detail.origin).toEqual({
      entityRef: checkout,
      path: 'Sloth, discovered at server main',
    });
    // The one of the contract stays as it is.
    const both = await slos.detail({ entityRef: checkout, slo: 'both' });
    expect(both.status.objective).toBe(0.9);
    expect(await unassigned()).toEqual([
      {
        discoveredBy: 'test/main',
        lookedAt: NOW.toISOString(),
        assigned: 2,
        unassigned: [
          {
            slo: 'stray',
            reason: 'no component is called nobody',
            place: 'Sloth, discovered at server main',
            objective: 0.98,
            component: 'nobody',
            selector: 'slo=stray',
          },
          {
            slo: 'requests',
            reason: `${checkout} has another recorded SLO called requests`,
            place: 'Sloth, discovered at server main',
            objective: 0.98,
            component: 'checkout',
            entityRef: checkout,
          },
          {
            slo: 'both',
            reason: expect.stringContaining(
              `${checkout} has an SLO called both already`,
            ),
            entityRef: checkout,
          },
        ],
      },
    ]);

    // The next scan leaves what was discovered alone.
    await write(written('own'), written('both', 0.9));
    expect(await names()).toEqual(all);
    // A contract that takes up the name wins, and gives it back.
    await write(written('own'), written('requests', 0.5));
    const taken = await slos.detail({ entityRef: checkout, slo: 'requests' });
    expect(taken.status.objective).toBe(0.5);
    expect(taken.status.discovered).toBeUndefined();
    await discover(main(found('requests')));
    expect(await names()).toEqual([`${checkout} own`, `${checkout} requests`]);
    await write(written('own'));
    expect(await names()).toEqual([`${checkout} own`]);
    await discover(main(found('requests')));
    const back = await slos.detail({ entityRef: checkout, slo: 'requests' });
    expect(back.status.objective).toBe(0.98);
  });

  it('keeps what it had of a server that fails, and drops a server that is gone', async () => {
    const knex = await migratedDatabase(databases, id);
    const { discover, fail, names, unassigned } = await setUp(knex);
    await discover(main(found('a')), {
      server: 'eu',
      slos: [found('b'), found('a')],
      problems: ['an SLO that is none'],
    });
    const both = [`${checkout} a`, `${checkout} b`];
    expect(await names()).toEqual(both);
    expect(await unassigned()).toMatchObject([
      {
        discoveredBy: 'test/eu',
        unassigned: [
          { reason: 'an SLO that is none' },
          { slo: 'a', reason: expect.stringContaining('another server') },
        ],
      },
      { discoveredBy: 'test/main', unassigned: [] },
    ]);
    await discover(main(found('a')), { server: 'eu', error: 'it is down' });
    expect(await names()).toEqual(both);
    expect((await unassigned())[0]).toMatchObject({
      error: 'it is down',
      lookedAt: NOW.toISOString(),
      unassigned: [{}, {}],
    });
    await fail();
    expect(await names()).toEqual(both);

    await discover(main(found('a')));
    expect(await names()).toEqual([`${checkout} a`]);
    await discover(main());
    expect(await names()).toEqual([]);
    expect(await unassigned()).toHaveLength(1);
  });
});
