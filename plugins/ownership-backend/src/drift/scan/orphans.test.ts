import { TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  configureRules,
  driftRules,
  type DriftRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { withEtag } from '../../__testUtils__/withEtag';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const component = (
  name: string,
  spec: { owner: string; system?: string },
  repository = name,
) =>
  catalogEntity(
    'Component',
    name,
    { type: 'service', ...spec },
    {
      annotations: {
        'backstage.io/source-location': `url:https://git.example.org/${repository}/blob/main/x`,
      },
    },
  );

describe.each(databases.eachSupportedId())('orphans on %p', databaseId => {
  let knex: Knex;
  let bench: ReturnType<typeof driftBench>;
  const people = [
    ...team('shop', ['sam']),
    ...team('bank', ['bo']),
    catalogEntity('System', 'till', { owner: 'nobody' }),
  ];
  const orphans = ['old', 'older'].map(name =>
    component(name, { owner: 'gone', system: 'till' }, 'shared/code'),
  );

  const start = async (
    rules: readonly DriftRule[] = driftRules,
    gracePeriod = 'PT0S',
  ) => {
    knex = await migratedDatabase(databases, databaseId);
    bench = driftBench({
      knex,
      config: { drift: { gracePeriod } },
      scan: {
        rules: configureRules({ rules }),
        newConsumers: () => [],
      },
    });
  };
  afterEach(async () => {
    await knex.destroy();
  });

  const scan = async (components: Entity[], minutes = 10) => {
    bench.entities = [...people, ...components].map(withEtag);
    bench.catalog.getEntitiesByRefs.mockClear();
    await bench.scanAfter(minutes);
  };
  const readAgain = () =>
    bench.catalog.getEntitiesByRefs.mock.calls.flatMap(
      ([{ entityRefs }]) => entityRefs,
    );
  const suggestedFor = async (name: string): Promise<string[]> => {
    const { document } = await knex('components')
      .where('entity_ref', `component:default/${name}`)
      .first();
    return (JSON.parse(document).suggestedOwners ?? []).map(
      ({ ref }: { ref: string }) => ref,
    );
  };

  it('are not looked at again while nobody moves', async () => {
    await start();
    const all = [...orphans, component('new', { owner: 'shop' })];
    await scan(all, 0);
    await scan(all);
    await scan(all);
    expect(readAgain()).toEqual([]);
    const changed = component('new', { owner: 'shop' });
    changed.metadata.description = 'Said in other words';
    await scan([...orphans, changed]);
    expect(readAgain()).toEqual(['component:default/new']);
  });

  it.each<[string, Entity]>([
    ['owner', component('new', { owner: 'bank', system: 'till' })],
    ['system', component('new', { owner: 'shop', system: 'till' })],
    ['repository', component('new', { owner: 'shop' }, 'shared/code')],
  ])('follow another %p of a neighbour at once', async (what, neighbour) => {
    await start();
    const before = component('new', {
      owner: 'shop',
      ...(what === 'owner' && { system: 'till' }),
    });
    for (let round = 0; round < 3; round++) {
      await scan([...orphans, before], round * 10);
    }
    expect(await suggestedFor('old')).toEqual(
      what === 'owner' ? ['group:default/shop'] : [],
    );
    await scan([...orphans, neighbour]);
    const heir = what === 'owner' ? 'group:default/bank' : 'group:default/shop';
    expect(await suggestedFor('old')).toEqual([heir]);
    expect(await suggestedFor('older')).toEqual([heir]);
    await scan([...orphans]);
    expect(await suggestedFor('old')).toEqual([]);
  });

  it('follow what people answered', async () => {
    await start();
    const all = [
      ...orphans,
      component('new', { owner: 'shop', system: 'till' }),
    ];
    for (let round = 0; round < 3; round++) {
      await scan(all, round * 10);
    }
    await knex('owner_decisions').insert({
      entity_ref: 'component:default/old',
      owner_ref: 'group:default/shop',
      decision: 'rejected',
      signals: '["system-neighbours"]',
      decided_by: 'user:default/sam',
      decided_at: bench.now.toISOString(),
    });
    await scan(all);
    expect(await suggestedFor('old')).toEqual([]);
  });

  it('are remembered the people of their former team as long as they are orphans', async () => {
    await start();
    const others = [
      component('new', { owner: 'shop' }),
      component('newer', { owner: 'bank' }),
    ];
    const before = [
      ...team('red', ['rae', 'rob'], 'bank'),
      component('left', { owner: 'red' }),
    ];
    await scan([...others, ...before], 0);
    // Its people went to the shop, and then somebody writes that nobody has it.
    const inShop = ['rae', 'rob'].map(name =>
      catalogEntity('User', name, { memberOf: ['shop'], profile: {} }),
    );
    await scan([...others, ...inShop, component('left', { owner: 'red' })]);
    const heirs = ['group:default/shop', 'group:default/bank'];
    expect(await suggestedFor('left')).toEqual(heirs);
    for (let round = 0; round < 3; round++) {
      await scan([...others, ...inShop, component('left', { owner: 'todo' })]);
      expect(await suggestedFor('left')).toEqual(heirs);
    }
    await scan([...others, ...inShop, component('left', { owner: 'shop' })]);
    await scan([...others, ...inShop, component('left', { owner: 'shop' })]);
    expect(await knex('directory_missing').pluck('ref')).not.toContain(
      'group:default/red',
    );
  });

  it('are judged again when a principal was waited for long enough, whatever a rule says of time', async () => {
    const patient: DriftRule = {
      id: 'patient',
      title: 'Patient',
      why: 'Nobody is there',
      fix: 'Wait',
      severity: 'low',
      evaluate: ({ owners }, { presence }) =>
        owners.some(({ ref }) => presence(ref) === 'gone')
          ? {
              status: 'fail',
              message: 'Gone',
              evidence: [],
              remediation: 'Wait',
            }
          : { status: 'pass' },
    };
    await start([patient], 'PT1H');
    await scan(orphans, 0);
    await scan(orphans);
    expect(await bench.standing()).toEqual([]);
    await scan(orphans, 120);
    expect(
      (await bench.standing()).map(({ entityRef }) => entityRef).sort(),
    ).toEqual([
      'component:default/old',
      'component:default/older',
      'system:default/till',
    ]);
  });
});
