import {
  createMockDirectory,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  component,
  eventually,
  REPOSITORY,
  startCatalog,
} from '../__testUtils__/startCatalog';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = createMockDirectory();

const contractEntity: Entity = {
  ...component({ name: 'shop-contracts' }),
  apiVersion: 'service-ownership.io/v1alpha1',
  kind: 'OwnershipContract',
  spec: {
    owner: 'platform',
    subjects: ['cart', 'component:default/missing'],
    tier: 'tier-2',
    captain: 'user:default/bob',
  },
};

const runbook = { id: 'a', title: 'A', url: 'docs/a.md' };

let catalog: Awaited<ReturnType<typeof startCatalog>>;

afterEach(async () => {
  await catalog.stop();
});

async function contractOf(name: string): Promise<any> {
  const entity = await catalog.entity(`component:${name}`);
  return entity?.spec?.ownershipContract;
}

describe.each(databases.eachSupportedId())(
  'OwnershipDriftProcessor in a real catalog, %p',
  databaseId => {
    beforeEach(async () => {
      catalog = await startCatalog({ databases, databaseId });
    });

    it('keeps every entity in the catalog, whatever its contract says', async () => {
      directory.setContent({
        'checkout/ownership.yaml': 'tier: tier-1\ncaptain: user:default/ada\n',
        'checkout/broken.yaml': 'tier: tier-1\nrunbooks:\n  - id: [\n',
        'secret.yaml': 'tier: tier-4\n',
      });
      const disk = `file:${directory.resolve('checkout/catalog-info.yaml')}`;
      const { files } = catalog.host;
      files.set(
        `${REPOSITORY}/ownership.yaml`,
        `tier: tier-1\ncaptain: user:default/ada\nslos:\n  - $yaml: ./slos/availability.yaml\n`,
      );
      files.set(`${REPOSITORY}/slos/availability.yaml`, 'name: availability\n');
      files.set(
        `${REPOSITORY}/wrong.yaml`,
        'tier: tier-1\nmission: 5\nescalation:\n  - { after: soon, to: a }\n',
      );
      files.set(`${REPOSITORY}/loop.yaml`, 'slos:\n  - $yaml: ./loop.yaml\n');
      files.set(`${REPOSITORY}/huge.yaml`, `mission: ${'x'.repeat(5e6)}`);
      files.set('https://github.com/evil/x/tree/main/o.yaml', 'tier: tier-4');

      const invalid: Array<[name: string, entity: Entity, message: RegExp]> = (
        [
          [
            'missing',
            { $yaml: './nowhere.yaml' },
            /nowhere\.yaml is not there/,
          ],
          [
            'outside',
            { $yaml: 'https://github.com/evil/x/blob/main/o.yaml' },
            /not in the repository of the entity/,
          ],
          [
            'wrong',
            { $yaml: './wrong.yaml' },
            /wrong\.yaml, line 2, column 1, mission: expected text, found the number `5` \(and 1 more\)/,
          ],
          [
            'loop',
            { $yaml: './loop.yaml' },
            /name each other more than 3 levels/,
          ],
          ['huge', { $yaml: './huge.yaml' }, /too large: at most 1 MiB/],
          ['unnamed', { $yaml: 7 }, /no file is named/],
          [
            'other-key',
            { $openapi: './x.yaml' },
            /`\$openapi` is not accepted/,
          ],
          [
            'nested-missing',
            { runbooks: [{ $text: './nowhere.md' }] },
            /nowhere\.md is not there/,
          ],
          [
            'spoofed',
            { $error: { kind: 'unreachable', message: 'x' } },
            /`\$error` is not accepted/,
          ],
          ['nul', { mission: 'a\u0000b' }, /hidden character U\+0000/],
          ['crowd', { slos: [{ x: Array(60_000).fill('y') }] }, /too large/],
        ] as Array<[string, unknown, RegExp]>
      ).map(([name, contract, message]) => [
        name,
        component({ name, contract }),
        message,
      ]);
      invalid.push(
        [
          'disk-missing',
          component({
            name: 'disk-missing',
            location: disk,
            contract: { $yaml: './nowhere.yaml' },
          }),
          /is not there/,
        ],
        [
          'disk-outside',
          component({
            name: 'disk-outside',
            location: disk,
            contract: { $yaml: '../secret.yaml' },
          }),
          /not in the directory of the catalog file/,
        ],
        [
          'disk-absolute',
          component({
            name: 'disk-absolute',
            location: disk,
            contract: { $yaml: directory.resolve('secret.yaml') },
          }),
          /not in the directory of the catalog file/,
        ],
        [
          'disk-broken',
          component({
            name: 'disk-broken',
            location: disk,
            contract: { $yaml: './broken.yaml' },
          }),
          /broken\.yaml, line \d, column \d+: is not YAML/,
        ],
      );

      await catalog.provide([
        component({
          name: 'from-host',
          contract: { $yaml: './ownership.yaml' },
        }),
        component({
          name: 'from-disk',
          location: disk,
          contract: { $yaml: './ownership.yaml' },
        }),
        component({
          name: 'inline',
          contract: {
            tier: 'tier-1',
            captain: 'user:default/ada',
            runbooks: [runbook],
          },
          metadata: {
            annotations: {
              'service-ownership.io/contract-file': 'url:https://claimed',
            },
          },
        }),
        component({
          name: 'wrong-inline',
          contract: { tier: 1, captain: 'user:default/ada' },
        }),
        component({ name: 'no-contract' }),
        component({ name: 'cart' }),
        contractEntity,
        {
          ...contractEntity,
          metadata: { ...contractEntity.metadata, name: 'broken-contract' },
          spec: {
            owner: 'platform',
            subjects: 'cart',
            mission: 'a\u0000b',
            runbooks: 7,
          },
        },
        {
          ...contractEntity,
          metadata: { ...contractEntity.metadata, name: 'in-file' },
          spec: {
            owner: 'platform',
            subjects: ['cart'],
            contract: { $yaml: './ownership.yaml' },
          },
        },
        {
          ...contractEntity,
          apiVersion: 'openslo/v1',
          kind: 'SLO',
          metadata: {
            ...contractEntity.metadata,
            name: 'cart-availability',
            displayName: 'Availability',
            labels: { team: ['shop', 'web'], 'not a key': 'x', tier: 'one' },
          } as unknown as Entity['metadata'],
          spec: { service: 'cart', objectives: 'none' },
        },
        // The parts an SLO refers to, in the other versions of the format.
        ...[
          ['openslo/v1', 'SLI', 'cart-requests'],
          ['openslo.com/v1', 'AlertPolicy', 'cart-burn'],
          ['openslo.com/v2alpha', 'DataSource', 'metrics'],
        ].map(([apiVersion, kind, name]) => ({
          ...contractEntity,
          apiVersion,
          kind,
          metadata: { ...contractEntity.metadata, name },
          spec: {},
        })),
        // As a cluster gives them out, with what the catalog does not know.
        {
          apiVersion: 'sloth.slok.dev/v1',
          kind: 'PrometheusServiceLevel',
          metadata: {
            ...contractEntity.metadata,
            name: 'cart-sloth',
            namespace: 'monitoring',
            generation: 3,
            uid: 'of-the-cluster',
            creationTimestamp: null,
          } as unknown as Entity['metadata'],
          spec: { service: 'cart', slos: 'none' },
          status: { processedSLOs: 2 },
        } as Entity,
        {
          apiVersion: 'pyrra.dev/v1alpha1',
          kind: 'ServiceLevelObjective',
          metadata: {
            ...contractEntity.metadata,
            name: 'cart-pyrra',
            labels: { 'pyrra.dev/component': 'cart', prometheus: 'k8s' },
          },
          spec: { target: '99.9', window: 'soon' },
        },
        ...invalid.map(([, entity]) => entity),
      ]);

      await eventually(async () => {
        expect(await contractOf('from-host')).toEqual({
          tier: 'tier-1',
          captain: 'user:default/ada',
          slos: [{ name: 'availability' }],
        });
        expect(await contractOf('from-disk')).toMatchObject({ tier: 'tier-1' });
        expect(await contractOf('inline')).toMatchObject({
          runbooks: [runbook],
        });
        expect(await contractOf('wrong-inline')).toMatchObject({ tier: 1 });
        expect(await catalog.find('kind=component')).toHaveLength(6 + 15);
        expect(await catalog.find('kind=ownershipcontract')).toEqual([
          'broken-contract',
          'in-file',
          'shop-contracts',
        ]);
        expect(await catalog.find('kind=slo')).toEqual(['cart-availability']);
        expect(
          await catalog.find(
            'kind=prometheusservicelevel,kind=servicelevelobjective',
          ),
        ).toEqual(['cart-pyrra', 'cart-sloth']);
        expect(
          await catalog.find('kind=sli,kind=alertpolicy,kind=datasource'),
        ).toEqual(['cart-burn', 'cart-requests', 'metrics']);
      });

      for (const [name, , message] of invalid) {
        expect({ name, contract: await contractOf(name) }).toEqual({
          name,
          contract: {
            $error: expect.objectContaining({
              kind: 'invalid',
              message: expect.stringMatching(message),
            }),
          },
        });
      }
      expect((await contractOf('wrong')).$error.problems).toEqual([
        expect.objectContaining({ path: 'mission', line: 2, column: 1 }),
        expect.objectContaining({ path: 'escalation[0].after', line: 4 }),
      ]);
      const annotation = async (name: string) =>
        (await catalog.entity(`component:${name}`))?.metadata.annotations?.[
          'service-ownership.io/contract-file'
        ];
      expect(await annotation('from-host')).toBe(
        `url:${REPOSITORY}/ownership.yaml`,
      );
      expect(await annotation('from-disk')).toBe(
        `file:${directory.resolve('checkout/ownership.yaml')}`,
      );
      expect(await annotation('inline')).toBeUndefined();

      const broken = await catalog.entity('ownershipcontract:broken-contract');
      expect(broken?.spec).toEqual({
        owner: 'platform',
        subjects: 'cart',
        contract: { $error: expect.objectContaining({ kind: 'invalid' }) },
      });

      // Relations, both ways.
      const relations = async (ref: string) =>
        (await catalog.entity(ref))?.relations;
      await eventually(async () => {
        expect(await relations('component:cart')).toEqual(
          expect.arrayContaining([
            {
              type: 'hasOwnershipContract',
              targetRef: 'ownershipcontract:default/shop-contracts',
            },
            {
              type: 'hasOwnershipContract',
              targetRef: 'ownershipcontract:default/in-file',
            },
            { type: 'hasCaptain', targetRef: 'user:default/bob' },
            { type: 'hasSlo', targetRef: 'slo:default/cart-availability' },
            {
              type: 'hasSlo',
              targetRef: 'prometheusservicelevel:monitoring/cart-sloth',
            },
            {
              type: 'hasSlo',
              targetRef: 'servicelevelobjective:default/cart-pyrra',
            },
          ]),
        );
      });
      expect(await relations('ownershipcontract:shop-contracts')).toEqual(
        expect.arrayContaining([
          { type: 'ownedBy', targetRef: 'group:default/platform' },
          { type: 'ownershipContractOf', targetRef: 'component:default/cart' },
          {
            type: 'ownershipContractOf',
            targetRef: 'component:default/missing',
          },
        ]),
      );
      expect(await relations('slo:cart-availability')).toEqual([
        { type: 'sloOf', targetRef: 'component:default/cart' },
      ]);
      expect(await relations('component:inline')).toContainEqual({
        type: 'hasCaptain',
        targetRef: 'user:default/ada',
      });
      expect(await relations('component:wrong-inline')).not.toContainEqual(
        expect.objectContaining({ type: 'hasCaptain' }),
      );
      const slo = await catalog.entity('slo:cart-availability');
      expect(slo?.metadata).toMatchObject({
        title: 'Availability',
        labels: { team: 'shop', tier: 'one' },
      });
      const resource = await catalog.entity(
        'prometheusservicelevel:monitoring/cart-sloth',
      );
      expect(resource?.metadata).not.toHaveProperty('generation');
      expect(resource?.metadata.uid).not.toBe('of-the-cluster');
      expect(resource).not.toHaveProperty('status');
    });

    it('flags components by the verdicts of the scan, through outages', async () => {
      const flagged = (state: string) =>
        catalog.find(`metadata.labels.service-ownership.io/state=${state}`);
      const label = (state: string) => ({
        labels: { 'service-ownership.io/state': state, tier: 'one' },
      });
      const entities = ['fine', 'lost', 'shaky', 'foggy'].map(name =>
        component({ name }),
      );
      await catalog.provide([
        ...entities,
        component({ name: 'boaster', metadata: label('owned') }),
        contractEntity,
      ]);

      // Before the first scan nobody is flagged, whatever the file claims.
      await eventually(async () => {
        expect(await catalog.find('kind=component')).toHaveLength(5);
        expect(catalog.ownership.answers).toContain(200);
      });
      expect(await flagged('owned')).toEqual([]);
      expect(
        (await catalog.entity('component:boaster'))?.metadata.labels,
      ).toEqual({ tier: 'one' });

      catalog.ownership.judge({
        orphaned: ['component:default/lost', 'component:default/boaster'],
        'at-risk': ['component:default/shaky'],
        unknown: ['component:default/foggy'],
      });
      await catalog.announceScan();
      await eventually(async () => {
        expect(await flagged('orphaned')).toEqual(['boaster', 'lost']);
        expect(await flagged('at-risk')).toEqual(['shaky']);
        expect(await flagged('owned')).toEqual(['fine']);
      });
      expect(
        (await catalog.entity('ownershipcontract:shop-contracts'))?.metadata
          .labels,
      ).toBeUndefined();

      // One that came after the scan was not judged by it.
      const newcomer = component({ name: 'newcomer' });
      await catalog.provide([...entities, newcomer]);
      await eventually(async () => {
        expect(await catalog.entity('component:newcomer')).toBeDefined();
      });
      const etags = async () =>
        Promise.all(
          ['fine', 'lost', 'shaky', 'foggy', 'newcomer'].map(
            async name =>
              (await catalog.entity(`component:${name}`))?.metadata.etag,
          ),
        );
      await eventually(async () => {
        expect(await flagged('orphaned')).toEqual(['lost']);
      });

      // While the ownership backend is down, nothing changes over many passes.
      const before = await etags();
      catalog.ownership.down = true;
      catalog.ownership.judge({});
      await eventually(async () => {
        expect(
          catalog.ownership.answers.filter(status => status === 503).length,
        ).toBeGreaterThan(3);
      });
      expect(await etags()).toEqual(before);
      expect(await flagged('owned')).toEqual(['fine']);

      // The next scan heals what it heals, and judges the newcomer.
      catalog.ownership.down = false;
      catalog.ownership.judge({ orphaned: ['component:default/fine'] });
      await catalog.announceScan();
      await eventually(async () => {
        expect(await flagged('orphaned')).toEqual(['fine']);
        expect(await flagged('owned')).toEqual([
          'foggy',
          'lost',
          'newcomer',
          'shaky',
        ]);
      });
      const settled = await etags();
      await eventually(async () => {
        expect(catalog.ownership.answers.slice(-3)).toEqual([304, 304, 304]);
      });
      expect(await etags()).toEqual(settled);
    });
  },
);

describe('OwnershipDriftProcessor beside a code host', () => {
  beforeEach(async () => {
    catalog = await startCatalog({ databases, databaseId: 'SQLITE_3' });
  });

  it('bridges an outage of the code host with what it read last', async () => {
    const url = `${REPOSITORY}/ownership.yaml`;
    catalog.host.files.set(url, 'tier: tier-1\n');
    const known = component({
      name: 'known',
      contract: { $yaml: './ownership.yaml' },
    });
    await catalog.provide([known]);
    await eventually(async () => {
      expect(await contractOf('known')).toEqual({ tier: 'tier-1' });
    });

    catalog.host.failing = true;
    await catalog.provide([
      known,
      component({
        name: 'newcomer',
        contract: { $yaml: './ownership.yaml' },
      }),
    ]);
    const passes = catalog.host.reads.get(url)!;
    await eventually(async () => {
      expect(await contractOf('newcomer')).toEqual({
        $error: {
          kind: 'unreachable',
          message: expect.stringContaining('could not be fetched just now'),
        },
      });
      // More passes than the catalog keeps a cache that nobody renews.
      expect(catalog.host.reads.get(url)! - passes).toBeGreaterThan(14);
    });
    expect(await contractOf('known')).toEqual({ tier: 'tier-1' });

    catalog.host.failing = false;
    catalog.host.files.set(url, 'tier: tier-2\n');
    await eventually(async () => {
      expect(await contractOf('known')).toEqual({ tier: 'tier-2' });
      expect(await contractOf('newcomer')).toEqual({ tier: 'tier-2' });
    });
  });
});
