import { readdir } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { findingId } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { contentsOf } from './__testUtils__/contentsOf';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = resolvePackagePath(
  '@service-ownership/backstage-plugin-ownership-backend',
  'migrations',
);
/** The last migration of the first version. */
const FIRST_VERSION = '20261121_06';

describe.each(databases.eachSupportedId())(
  'what the first version stored on %s',
  databaseId => {
    it('keeps its identity over the migrations, and survives the way back', async () => {
      const knex = await databases.init(databaseId);
      const files = (await readdir(directory)).sort();
      const old = files.filter(name => name.slice(0, 11) <= FIRST_VERSION);
      const added = files.length - old.length;
      for (const _ of old) {
        await knex.migrate.up({ directory });
      }
      const ids = await writeFirstVersion(knex);
      const known = await contentsOf({ knex });
      const count = (table: string) => known[table].length;
      expect([count('components'), count('findings')]).toEqual([2, 2]);

      // Up and back down: everything the first version knew is as it was.
      await knex.migrate.latest({ directory });
      for (let undone = 0; undone < added; undone += 1) {
        await knex.migrate.down({ directory });
      }
      expect(await contentsOf({ knex })).toEqual(known);

      // Up for good: a scan takes the findings for what they are.
      await knex.migrate.latest({ directory });
      const before = await knex('findings').orderBy('id');
      expect(before.map(({ owners }) => owners)).toEqual(
        ids.map(() => '["group:default/shop"]'),
      );
      expect(await knex('finding_counts').pluck('count')).toEqual([1, 1]);
      expect(await knex('owner_sets').pluck('owner_ref')).toEqual([
        'group:default/shop',
      ]);
      const bench = driftBench({ knex });
      bench.entities = [
        ...team('platform', ['pat']),
        ...team('shop', ['sam']),
        ...['one', 'two'].map(name =>
          catalogEntity('Component', name, { type: 'service', owner: 'shop' }),
        ),
      ];
      expect(await bench.scanAfter(0)).toMatchObject({
        ...{ state: 'completed', opened: 0, reopened: 0, closed: 0 },
      });
      const identity = (rows: typeof before) =>
        rows.map(
          ({
            id,
            state,
            first_seen_at,
            reopened_count,
            waiver_expires_at,
          }) => ({
            ...{ id, state, first_seen_at, reopened_count, waiver_expires_at },
          }),
        );
      expect(identity(await knex('findings').orderBy('id'))).toEqual(
        identity(before),
      );
      expect((await bench.standing()).map(({ id }) => id).sort()).toEqual(
        ids.sort(),
      );
    });
  },
);

/** Two components of a team, each with a finding, one of them waived. Gives the ids of the findings. */
async function writeFirstVersion(knex: Knex): Promise<string[]> {
  const at = '2026-11-20T08:00:00.000Z';
  const ids: string[] = [];
  for (const name of ['one', 'two']) {
    const entity_ref = `component:default/${name}`;
    const id = findingId({
      ...{ ruleId: 'contract-missing', entityRef: entity_ref },
    });
    ids.push(id);
    await knex('components').insert({
      entity_ref,
      ...{ kind: 'Component', namespace: 'default', name },
      ...{ state: 'owned', state_since: at, state_reason: 'Owned by shop' },
      fingerprint: name,
      document: JSON.stringify({
        owners: [],
        contract: { provenance: {} },
        contractStatus: 'missing',
        contractProblems: [],
        contractSources: [],
        titles: {},
      }),
    });
    await knex('component_owners').insert({
      ...{ entity_ref, owner_ref: 'group:default/shop' },
    });
    await knex('findings').insert({
      id,
      ...{ rule_id: 'contract-missing', entity_ref },
      ...{ severity: 'medium', severity_rank: 2, state: 'open' },
      ...{ message: 'None', remediation: 'Write one', evidence: '[]' },
      first_seen_at: at,
      ...(name === 'two'
        ? {
            state: 'waived',
            waiver_reason: 'Moves soon',
            waiver_requested_by: 'user:default/sam',
            waiver_expires_at: '2026-12-24T08:00:00.000Z',
          }
        : {}),
    });
    await knex('finding_events').insert({
      ...{ finding_id: id, at, type: 'opened' },
    });
  }
  return ids;
}
