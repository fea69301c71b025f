import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  configureRules,
  configureScorecards,
  driftRules,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import {
  catalogEntity,
  driftBench,
  team,
} from '../../__testUtils__/driftBench';
import { withEtag } from '../../__testUtils__/withEtag';
import { migratedDatabase } from '../../__testUtils__/writeOrganisation';
import {
  latestAttestations,
  storeAttestation,
} from '../../contract/attestations';
import { OnCallConsumer } from '../../directory/OnCallConsumer';
import { ScorecardConsumer } from '../../scorecard/ScorecardConsumer';
import { SloConsumer } from '../../slo/SloConsumer';
import { SloService } from '../../slo/SloService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const rules = configureRules({ rules: driftRules });
const scorecards = configureScorecards({ rules });

const TABLES = [
  'components',
  'component_owners',
  'findings',
  'directory_principals',
  'directory_closure',
  'directory_missing',
  'tombstones',
  'former_owners',
  'on_call_rotations',
  'slos',
  'scorecard_results',
  'scorecard_gaps',
  'scorecard_history',
  'drift_history',
];

/** All a scan keeps, in an order of its own and without numbers a database gives. */
async function contentOf(knex: Knex): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows: Array<Record<string, unknown>> = await knex(table);
    content[table] = rows
      // Written on the day's first change, whoever made it.
      .map(({ at: _at, ...row }) =>
        JSON.stringify(row, Object.keys(row).sort()),
      )
      .sort();
  }
  return content;
}

/** The same numbers from 0 to 1 for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const objective = {
  name: 'availability',
  budgetingMethod: 'Occurrences',
  timeWindow: [{ duration: '28d', isRolling: true }],
  objectives: [{ target: 0.99 }],
  indicator: {
    metadata: { name: 'availability' },
    spec: {
      ratioMetric: {
        good: { metricSource: { type: 'Prometheus', spec: { query: 'good' } } },
        total: { metricSource: { type: 'Prometheus', spec: { query: 'all' } } },
      },
    },
  },
};

function component(name: string, roll: (sides: number) => number): Entity {
  const owners = ['red', 'blue', 'green', 'gone', 'user:default/r1', 'todo'];
  const contract = [
    undefined,
    {
      tier: 'tier-2',
      captain: ['user:default/r1', 'user:default/b1', 'user:default/left'][
        roll(3)
      ],
      onCall: { provider: 'static', ref: 'group:default/blue' },
      escalation: [{ after: 'PT0M', to: 'group:default/green' }],
      slos: roll(2) ? [objective] : [],
      runbooks: [
        {
          id: 'all',
          title: 'All',
          url: 'https://wiki.example.org/all',
          covers: ['deployment', 'incident', 'rollback'],
          reviewedAt: `2026-0${5 + roll(5)}-01`,
        },
      ],
      review: { reviewedAt: `2026-1${roll(2)}-01`, cadence: 'P30D' },
    },
    { tier: 'tier-9' },
  ][roll(3)];
  const entity = catalogEntity('Component', name, {
    type: ['service', 'library'][roll(2)],
    lifecycle: ['production', 'deprecated'][roll(2)],
    owner: owners[roll(owners.length)],
    system: ['shop', 'shelf', undefined][roll(3)],
    ...(contract ? { ownershipContract: contract } : {}),
  } as Entity['spec']);
  entity.metadata.description = `Version ${roll(1000)}`;
  entity.metadata.annotations = {
    'backstage.io/managed-by-location': `url:https://git.example.org/red/${
      ['a', 'b'][roll(2)]
    }/blob/main/x.yaml`,
  };
  if (roll(3) === 0) {
    entity.relations!.push({
      type: 'dependencyOf',
      targetRef: `component:default/c${roll(12)}`,
    });
  }
  return entity;
}

function organisation(roll: (sides: number) => number): Entity[] {
  return [
    ...team('red', ['r1', 'r2'], roll(2) ? 'blue' : undefined),
    ...team('blue', ['b1']),
    ...team('green', roll(2) ? ['g1'] : []),
    catalogEntity('System', 'shop', { owner: ['red', 'blue'][roll(2)] }),
    catalogEntity('System', 'shelf', { owner: 'gone' }),
    ...(roll(4) === 0 ? team('gone', ['back']) : []),
    ...(roll(4) === 0
      ? [
          {
            apiVersion: 'service-ownership.io/v1alpha1',
            kind: 'OwnershipContract',
            metadata: { name: 'central', namespace: 'default' },
            spec: { subjects: ['component:default/c1'], tier: 'tier-3' },
          },
        ]
      : []),
  ];
}

describe.each(databases.eachSupportedId())('verdict memory on %p', id => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'gives what judging everything gives, whatever changes (seed %p)',
    async seed => {
      const roll = dice(seed * 7919);
      const setUp = async () => {
        const knex = await migratedDatabase(databases, id);
        const clock: { now: () => Date } = { now: () => new Date(0) };
        const bench = driftBench({
          knex,
          config: { drift: { massLoss: { share: 1 } } },
          scan: {
            latestAttestations: () => latestAttestations({ knex }),
            newConsumers: () => [
              new SloConsumer({
                slos: new SloService({
                  knex,
                  logger: mockServices.logger.mock(),
                  now: () => clock.now(),
                }),
              }),
              new OnCallConsumer({ knex }),
              new ScorecardConsumer({ knex, scorecards }),
            ],
          },
        });
        clock.now = bench.clock;
        return { knex, bench };
      };
      const remembering = await setUp();
      const thorough = await setUp();
      const both = [remembering, thorough];

      let people = organisation(roll);
      const components = new Map<string, Entity>();
      for (let n = 0; n < 12; n++) {
        components.set(`c${n}`, component(`c${n}`, roll));
      }

      for (let step = 0; step < 14; step++) {
        // Every other step nothing happens, so that there is something to remember.
        const change = step % 2 ? roll(5) : undefined;
        const name = `c${roll(12)}`;
        if (change === 0) {
          people = organisation(roll);
        } else if (change === 1 || change === 2) {
          components.set(name, component(name, roll));
        } else if (change === 3) {
          components.delete(name);
        }
        const minutes = change === 4 ? 60 * (1 + roll(40)) : 1 + roll(20);
        const handled = roll(8);
        const handling = roll(5);
        const answer = roll(2) ? 'accepted' : 'rejected';

        const counts = [];
        for (const { knex, bench } of both) {
          const standing = await bench.standing();
          const finding = standing.sort((a, b) => (a.id < b.id ? -1 : 1))[
            handled
          ];
          const by = 'user:default/r1';
          if (finding?.state === 'open' && handling === 0) {
            await bench.findings.waive({
              id: finding.id,
              by,
              request: {
                reason: 'For now',
                expiresAt: new Date(
                  bench.now.getTime() + 3 * 3_600_000,
                ).toISOString(),
              },
            });
          } else if (finding?.state === 'open' && handling === 1) {
            await bench.findings.acknowledge({
              id: finding.id,
              by,
              request: {},
            });
          } else if (handling === 2) {
            await storeAttestation({
              knex,
              attestation: {
                entityRef: `component:default/${name}`,
                at: bench.now,
                by,
              },
            });
          } else if (handling === 3) {
            await knex('owner_decisions')
              .insert({
                entity_ref: `component:default/${name}`,
                owner_ref: 'group:default/blue',
                decision: answer,
                signals: '["system","repository"]',
                decided_by: by,
                decided_at: bench.now.toISOString(),
              })
              .onConflict(['entity_ref', 'owner_ref'])
              .merge();
          }
          bench.entities = [...people, ...components.values()].map(withEtag);
          bench.now = new Date(bench.now.getTime() + minutes * 60_000);
          await (bench === thorough.bench
            ? bench.newRunner()
            : bench.runner
          ).run();
          const { items } = await bench.runner.list({ limit: 1 });
          counts.push({ ...items[0], id: undefined });
        }
        expect(counts[0]).toMatchObject({ state: 'completed' });
        expect(counts[0]).toEqual(counts[1]);
        expect(await contentOf(remembering.knex)).toEqual(
          await contentOf(thorough.knex),
        );
      }
      // Marks were enough at least once, and what changed was read whole.
      const whole = [
        expect.objectContaining({
          fields: expect.arrayContaining(['apiVersion', 'relations']),
        }),
        expect.anything(),
      ] as const;
      expect(remembering.bench.catalog.getEntitiesByRefs).toHaveBeenCalledWith(
        ...whole,
      );
      expect(thorough.bench.catalog.getEntitiesByRefs).not.toHaveBeenCalledWith(
        ...whole,
      );
      await Promise.all(both.map(({ knex }) => knex.destroy()));
    },
  );
});
