import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  configureRules,
  driftRules,
} from '@service-ownership/backstage-plugin-ownership-common';
import { catalogEntity, driftBench, team } from '../__testUtils__/driftBench';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { RuleFaultConsumer } from './RuleFaultConsumer';
import { readRuleFaults } from './store/ruleFaults';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('broken rules on %p', id => {
  it('disturb no other, are told and forgotten once they work', async () => {
    const knex = await migratedDatabase(databases, id);
    const logger = mockServices.logger.mock();
    let works = false;
    const bench = driftBench({
      knex,
      scan: {
        newConsumers: () => [new RuleFaultConsumer({ knex, logger })],
        rules: configureRules({
          rules: [
            {
              ...driftRules[0],
              id: 'crooked',
              orphans: false,
              evaluate: ({ entityRef }) => {
                if (!works && !entityRef.endsWith('/fine')) {
                  throw new Error('no such field');
                }
                return { status: 'pass' };
              },
            },
            ...driftRules,
          ],
        }),
      },
    });
    bench.entities = [
      ...team('shop', ['sam']),
      ...['cart', 'checkout', 'fine'].map(name =>
        catalogEntity('Component', name, { type: 'service', owner: 'shop' }),
      ),
      catalogEntity('Component', 'lost', { type: 'service' }),
    ];
    expect(await bench.scanAfter(0)).toMatchObject({ state: 'completed' });
    expect((await bench.standing()).map(({ ruleId }) => ruleId)).toContain(
      'owner-missing',
    );
    expect([...(await readRuleFaults(knex)).values()]).toEqual([
      {
        rule_id: 'crooked',
        components: 3,
        entity_ref: 'component:default/cart',
        message: 'The rule crooked broke on this component: no such field',
      },
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^The drift rule crooked broke on \S+ and 2 more: The rule/,
      ),
    );
    // The same again, though nothing else changed.
    await bench.scanAfter(30);
    expect((await readRuleFaults(knex)).get('crooked')?.components).toBe(3);
    works = true;
    await bench.scanAfter(30);
    expect((await readRuleFaults(knex)).size).toBe(0);
    await knex.destroy();
  });
});
