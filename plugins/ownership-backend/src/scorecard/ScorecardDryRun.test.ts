import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  ComponentFacts,
  DriftRule,
  RuleOutcome,
  Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { JudgedComponent } from '../drift/ScanConsumer';
import { RuleOutcomeConsumer } from '../drift/RuleOutcomeConsumer';
import { InitiativeScopes } from '../initiative/InitiativeScopes';
import {
  countingStatements,
  migratedDatabase,
  testDirectory,
  writeOrganisation,
} from '../__testUtils__/writeOrganisation';
import { ScorecardConsumer } from './ScorecardConsumer';
import { ScorecardDryRun } from './ScorecardDryRun';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const directory = testDirectory({
  shop: {},
  payments: { parent: 'shop', members: ['ada'] },
});
const owners = ['group:default/payments'];
const marks: Record<string, string> = {
  cart: 'ppp',
  card: 'ppf',
  gift: 'pww',
  find: 'fpp',
  dark: 'upp',
};
const components = [...Object.keys(marks), 'lib'].map(name => ({
  name,
  owners,
}));
const ruleIds = ['owner-missing', 'runbook-missing', 'slo-missing'];
const rules = [...ruleIds, 'new-rule'].map(id => ({ id, title: id }));
const current: Scorecard = {
  id: 'maturity',
  title: 'Maturity',
  levels: [
    { id: 'low', title: 'Low', rules: ['owner-missing'] },
    { id: 'high', title: 'High', rules: ['runbook-missing'] },
  ],
};
const statuses: Record<string, string> = { p: 'pass', u: 'unknown' };
const judged = Object.entries(marks).map(
  ([name, letters]) =>
    ({
      facts: {
        entityRef: `component:default/${name}`,
        owners: owners.map(ref => ({ ref })),
      } as ComponentFacts,
      outcomes: ruleIds.map((id, index) => ({
        rule: { id, title: id } as DriftRule,
        outcome: {
          status: statuses[letters[index]] ?? 'fail',
        } as RuleOutcome,
      })),
      waived: new Set(ruleIds.filter((_, index) => letters[index] === 'w')),
    } as unknown as JudgedComponent),
);

describe.each(databases.eachSupportedId())('a dry run on %s', databaseId => {
  it('says who would move, from what is stored, and writes nothing', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    await writeOrganisation(knex, { directory, components });
    const scan = {
      scanId: 'a',
      now: new Date('2026-11-21T08:00:00Z'),
      directory,
    };
    const outcomes = new RuleOutcomeConsumer({ knex });
    await outcomes.accept(judged, scan);
    await outcomes.finish(scan);
    const consumer = new ScorecardConsumer({
      knex,
      scorecards: [{ ...current, appliesTo: {}, applies: () => true }],
    });
    await consumer.accept(judged, scan);
    await consumer.finish(scan);
    const catalog = catalogServiceMock({
      entities: components.map(({ name }) => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name, namespace: 'default' },
        spec: { type: name === 'lib' ? 'library' : 'service' },
      })),
    });
    const dryRun = new ScorecardDryRun({
      knex,
      scopes: new InitiativeScopes({
        catalog,
        auth: mockServices.auth(),
        kinds: new Set(['component']),
      }),
      scorecards: [current],
      rules,
    });
    const run = (scorecard: unknown, visible: 'all' | Set<string> = 'all') =>
      dryRun.run({ scorecard, visible, credentials: mockCredentials.user() });

    // Unchanged: nobody moves.
    const { result: same, statements } = await countingStatements(knex, () =>
      run(current),
    );
    expect(same).toMatchObject({
      isNew: false,
      components: 5,
      before: { low: 0, high: 3, none: 1, unknown: 1 },
      after: { low: 0, high: 3, none: 1, unknown: 1 },
      up: 0,
      down: 0,
      same: 5,
      samples: [],
      teams: [],
      unknownRules: [],
      hidden: 0,
    });
    expect(statements.every(sql => /^select/i.test(sql))).toBe(true);

    // An SLO is asked for at the top, too; written as YAML.
    const harder = await run(`- id: maturity
  title: Maturity
  levels:
    - { id: low, title: Low, rules: [owner-missing] }
    - { id: high, title: High, rules: [runbook-missing, slo-missing] }
`);
    expect(harder).toMatchObject({
      after: { low: 1, high: 2 },
      up: 0,
      down: 1,
      samples: [
        {
          entityRef: 'component:default/card',
          entityTitle: 'The card',
          from: 'high',
          to: 'low',
          move: 'down',
        },
      ],
      teams: [
        {
          ref: 'group:default/payments',
          title: 'The payments',
          up: 0,
          down: 1,
        },
        { ref: 'group:default/shop', title: 'The shop', up: 0, down: 1 },
      ],
    });

    // Nothing stands at the foot but a rule that no scan has asked.
    expect(
      await run({
        ...current,
        levels: [
          { id: 'low', title: 'Low', rules: ['new-rule'] },
          { id: 'high', title: 'High', rules: ['runbook-missing'] },
        ],
      }),
    ).toMatchObject({
      after: { none: 0, unknown: 5 },
      down: 3,
      unknownRules: ['new-rule'],
    });

    // Of libraries only: what was measured is not any more.
    const asked = jest.spyOn(catalog, 'streamEntities');
    expect(
      await run({ ...current, appliesTo: { 'spec.type': 'library' } }),
    ).toMatchObject({ added: 1, removed: 5, after: { unknown: 1 } });

    // With the eyes of the caller: how long it takes tells nothing either.
    expect(asked).toHaveBeenLastCalledWith(expect.anything(), {
      credentials: mockCredentials.user(),
    });
    const seen = new Set(['component:default/cart']);
    expect(await run({ ...current, id: 'other' }, seen)).toMatchObject({
      isNew: true,
      components: 1,
      added: 1,
      hidden: 5,
    });
    // Whatever it would measure: it must not tell what is hidden there.
    const appliesTo = { 'spec.type': 'library' };
    expect(await run({ ...current, appliesTo }, seen)).toMatchObject({
      hidden: 5,
    });
    await expect(
      run({ ...current, levels: [{ id: 'x', title: 'X', rules: ['y'] }] }),
    ).rejects.toThrow('scorecard.levels[0].rules[0]: there is no rule "y"');
    asked.mockImplementationOnce(() => {
      throw new InputError('too long');
    });
    await expect(run(current)).rejects.toThrow(
      'scorecard.appliesTo: the catalog refused it: too long',
    );
    await expect(run('id: [')).rejects.toThrow(
      'scorecard (line 1): is not YAML',
    );
    await expect(run(undefined)).rejects.toThrow('scorecard');
  });
});
