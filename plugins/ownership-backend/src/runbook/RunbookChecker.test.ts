import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { catalogEntity, driftBench, team } from '../__testUtils__/driftBench';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { RunbookChecker } from './RunbookChecker';
import { RunbookConsumer } from './RunbookConsumer';
import { readRunbookChecksPerHour } from './readRunbookChecksPerHour';
import { RunbookReader } from './RunbookReader';
import { readRunbookChecks } from './store/readRunbookChecks';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const HOUR = 60;
const DAY = 24 * HOUR;
const PATH = 'docs/rollback.md';
const FILE =
  'https://github.com/acme/shop/tree/main/services/cart/docs/rollback.md';
const PAGE = 'https://pages.example/incident#first-steps';
const ELSEWHERE = 'https://github.com/acme/secret/blob/main/restore.md';
const { signal } = new AbortController();

function cart(...urls: string[]) {
  return catalogEntity(
    'Component',
    'cart',
    {
      type: 'service',
      lifecycle: 'production',
      owner: 'shop',
      ownershipContract: {
        runbooks: urls.map((url, n) => ({
          id: `runbook-${n}`,
          title: `Runbook ${n}`,
          url,
        })),
      },
    },
    {
      annotations: {
        'backstage.io/managed-by-location':
          'url:https://github.com/acme/shop/tree/main/services/cart/catalog-info.yaml',
      },
    },
  );
}

describe.each(databases.eachSupportedId())(
  'the runbooks of components, opened now and then, on %s',
  databaseId => {
    let knex: Knex;

    afterEach(async () => {
      await knex.destroy();
    });

    async function setUp(options: { perHour?: number } = {}) {
      knex = await migratedDatabase(databases, databaseId);
      const bench = driftBench({
        knex,
        scan: {
          newConsumers: () => [new RunbookConsumer({ knex })],
          runbookChecks: () => readRunbookChecks({ knex }),
        },
      });
      const urlReader = mockServices.urlReader.mock();
      urlReader.readUrl.mockImplementation(async () => ({
        buffer: async () => Buffer.from('# Found'),
      }));
      const checker = new RunbookChecker({
        knex,
        reader: new RunbookReader({
          knex,
          catalog: bench.catalog,
          auth: mockServices.auth(),
          urlReader,
          integrations: ScmIntegrations.fromConfig(
            new ConfigReader({
              integrations: { github: [{ host: 'github.com' }] },
            }),
          ),
        }),
        perHour: options.perHour ?? 100,
        now: () => bench.now,
      });
      const checks = async () =>
        Object.fromEntries(
          (await readRunbookChecks({ knex })).get('component:default/cart') ??
            [],
        );
      const finding = async () =>
        knex('findings')
          .where({ rule_id: 'runbook-unreachable' })
          .select('state', 'message')
          .first();
      const opened = () => {
        const urls = urlReader.readUrl.mock.calls.map(([url]) => url);
        urlReader.readUrl.mockClear();
        return urls;
      };
      return { bench, urlReader, checker, checks, finding, opened };
    }

    it('are found, gone, or not known', async () => {
      const { bench, urlReader, checker, checks, finding } = await setUp();
      bench.entities = [...team('shop', ['sam']), cart(PATH, PAGE, ELSEWHERE)];
      await bench.scanAfter(0);
      expect(await finding()).toBeUndefined();

      urlReader.readUrl.mockImplementation(async url => {
        if (url.startsWith('https://github.com')) {
          throw new NotFoundError(`404 at ${url}`);
        }
        return { buffer: async () => Buffer.from('# Found') };
      });
      await checker.run({ signal });
      expect(await checks()).toEqual({
        [PATH]: {
          state: 'gone',
          reason: `There is no file "${PATH}" at ${FILE}`,
        },
        [PAGE]: { state: 'found' },
        [ELSEWHERE]: {
          state: 'unknown',
          reason: 'no other repository is opened',
        },
      });

      await bench.scanAfter(1);
      expect(await finding()).toEqual({
        state: 'open',
        message: 'The runbook “Runbook 0” is not where it should be',
      });
    });

    it('are not opened again before there may be something new', async () => {
      const { bench, urlReader, checker, finding, opened } = await setUp();
      bench.entities = [...team('shop', ['sam']), cart(PATH)];
      urlReader.readUrl.mockRejectedValueOnce(new NotFoundError('404'));
      await bench.scanAfter(0);
      await checker.run({ signal });
      await bench.scanAfter(23 * HOUR);
      expect(await finding()).toMatchObject({ state: 'open' });
      expect(opened()).toEqual([FILE]);
      await checker.run({ signal });
      expect(opened()).toEqual([]);

      // An outage says nothing: what was found out stands.
      await bench.scanAfter(HOUR);
      urlReader.readUrl.mockRejectedValueOnce(new Error('503'));
      await checker.run({ signal });
      await bench.scanAfter(1);
      expect(await finding()).toMatchObject({ state: 'open' });

      await bench.scanAfter(DAY);
      await checker.run({ signal });
      await bench.scanAfter(1);
      expect(await finding()).toMatchObject({ state: 'closed' });
      opened();

      await bench.scanAfter(6 * DAY);
      await checker.run({ signal });
      expect(opened()).toEqual([]);
      await bench.scanAfter(DAY);
      await checker.run({ signal });
      expect(opened()).toEqual([FILE]);
    });

    it('are those that the contract names now', async () => {
      const { bench, checker, checks, opened } = await setUp();
      bench.entities = [...team('shop', ['sam']), cart(PATH)];
      await bench.scanAfter(0);
      await checker.run({ signal });
      opened();

      bench.entities = [...team('shop', ['sam']), cart(PAGE)];
      await bench.scanAfter(1);
      await checker.run({ signal });
      expect(opened()).toEqual(['https://pages.example/incident']);
      expect(await checks()).toEqual({ [PAGE]: { state: 'found' } });

      bench.entities = [...team('shop', ['sam'])];
      await bench.scanAfter(1);
      expect(await knex('runbook_checks')).toEqual([]);
    });

    it('are opened the longest waiting first, and no more than may be in an hour', async () => {
      const { bench, checker, opened } = await setUp({ perHour: 1 });
      const other = cart('docs/other.md');
      other.metadata.name = 'other';
      bench.entities = [...team('shop', ['sam']), cart(PATH), other];
      await bench.scanAfter(0);
      await checker.run({ signal });
      expect(opened()).toEqual([FILE]);
      await checker.run({ signal });
      expect(opened()).toEqual([FILE.replace('rollback', 'other')]);
      await checker.run({ signal });
      expect(opened()).toEqual([]);
    });

    it.each([
      ['techdocs:incident', undefined, 'only files and web pages are opened'],
      ['docs/runbooks/', undefined, 'of a code host only files are opened'],
      [
        'https://github.com/acme/shop/tree/main/docs',
        undefined,
        'of a code host only files are opened',
      ],
      [
        '../../../../../../etc/passwd.md',
        undefined,
        'leads out of the repository',
      ],
      [
        'http://169.254.169.254/latest',
        new NotAllowedError('Reading from it is not allowed'),
        'Reading from it is not allowed',
      ],
      [PAGE, new Error('connect ECONNREFUSED'), 'ECONNREFUSED'],
    ])('are not known at %s', async (url, error, reason) => {
      const { bench, urlReader, checker, checks, opened } = await setUp();
      bench.entities = [...team('shop', ['sam']), cart(url)];
      if (error) {
        urlReader.readUrl.mockRejectedValueOnce(error);
      }
      await bench.scanAfter(0);
      await checker.run({ signal });
      expect(await checks()).toEqual({
        [url]: { state: 'unknown', reason: expect.stringContaining(reason) },
      });
      expect(opened()).toHaveLength(error ? 1 : 0);
    });
  },
);

describe('ownership.runbooks.checksPerHour', () => {
  const read = (checksPerHour?: unknown) =>
    readRunbookChecksPerHour(
      new ConfigReader({
        ownership: { runbooks: { checksPerHour } } as JsonObject,
      }),
    );

  it('is 100 unless it says otherwise', () => {
    expect([read(), read(0), read(10_000)]).toEqual([100, 0, 10_000]);
  });

  it.each([-1, 1.5, 10_001])('refuses %p', perHour => {
    expect(() => read(perHour)).toThrow(
      'ownership.runbooks.checksPerHour must be a whole number from 0 (never) to 10000',
    );
  });
});
