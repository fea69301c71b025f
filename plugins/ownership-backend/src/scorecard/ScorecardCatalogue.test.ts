import { ConfigReader, type Config } from '@backstage/config';
import type { JsonValue } from '@backstage/types';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { driftRules } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { ScorecardCatalogue } from './ScorecardCatalogue';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const defaults = ['service-ownership-maturity', 'production-readiness'];
const own = (rule: string) => [
  {
    id: 'own',
    title: 'Own',
    levels: [{ id: 'low', title: 'Low', rules: [rule] }],
  },
];

/** A configuration that changes while the backend runs. */
class LivingConfig {
  value: unknown;
  #told: () => void = () => {};

  get config() {
    return {
      getOptional: (key: string) =>
        new ConfigReader({
          ownership: { scorecards: this.value as JsonValue },
        }).getOptional(key),
      subscribe: (told: () => void) => {
        this.#told = told;
        return { unsubscribe() {} };
      },
    } as unknown as Config;
  }

  change(value: unknown) {
    this.value = value;
    this.#told();
  }
}

async function start(knex: Knex, living: LivingConfig, now: string) {
  const logger = mockServices.logger.mock();
  const catalogue = new ScorecardCatalogue({
    config: living.config,
    knex,
    logger,
    rules: driftRules,
    now: () => new Date(now),
  });
  await catalogue.start();
  return {
    catalogue,
    logger,
    ids: () => catalogue.scorecards.map(({ id }) => id),
  };
}

describe.each(databases.eachSupportedId())(
  'the configuration of scorecards on %s',
  databaseId => {
    it('follows app-config, and keeps the last that was valid over restarts', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const living = new LivingConfig();
      living.value = own('owner-missing');
      const first = await start(knex, living, '2026-11-20T08:00:00.000Z');
      expect(first.ids()).toEqual([...defaults, 'own']);
      expect(first.catalogue.problem).toBeUndefined();
      const { scorecards } = first.catalogue;

      living.change(own('owner-mising'));
      await first.catalogue.read();
      expect(first.catalogue.problem).toEqual({
        message: expect.stringContaining(
          'ownership.scorecards[0].levels[0].rules[0]',
        ),
        since: '2026-11-20T08:00:00.000Z',
        inUse: 'last-valid',
      });
      expect(first.ids()).toEqual([...defaults, 'own']);
      expect(first.logger.error).toHaveBeenCalledTimes(1);

      // A day later it is started anew, and the file is as it was.
      const second = await start(knex, living, '2026-11-21T08:00:00.000Z');
      expect(second.ids()).toEqual([...defaults, 'own']);
      expect(second.catalogue.problem).toMatchObject({
        since: '2026-11-20T08:00:00.000Z',
        inUse: 'last-valid',
      });

      living.change([{ id: 'production-readiness', enabled: false }]);
      await second.catalogue.read();
      expect(second.ids()).toEqual(['service-ownership-maturity']);
      expect(second.catalogue.problem).toBeUndefined();
      expect(await knex('scorecard_configuration').pluck('id')).toEqual([
        'last-valid',
      ]);
      // Whoever holds the list sees what it holds now.
      expect(scorecards).toBe(first.catalogue.scorecards);
    });

    it('starts with the built-in ones where nothing ever was valid, and says so', async () => {
      const knex = await migratedDatabase(databases, databaseId);
      const living = new LivingConfig();
      living.value = { not: 'a list' };
      const { ids, catalogue, logger } = await start(
        knex,
        living,
        '2026-11-20T08:00:00.000Z',
      );
      expect(ids()).toEqual(defaults);
      expect(catalogue.problem).toMatchObject({
        message: 'ownership.scorecards: expected a list',
        inUse: 'defaults',
      });
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringMatching(/not used, the built-in ones are/),
      );
    });
  },
);
