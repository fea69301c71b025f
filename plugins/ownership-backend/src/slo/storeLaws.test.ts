import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import { migratedDatabase } from '../__testUtils__/writeOrganisation';
import { SloService } from './SloService';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const now = new Date('2026-11-21T08:02:00Z');
const END = Math.floor(now.getTime() / 300_000) * 300;
const DAY = 86_400;
const RUNS = 12;
const entityRef = 'component:default/checkout';
const caller = 'user:default/ada';

const kinds: Array<Partial<SloDefinition>> = [
  { budgetingMethod: 'Occurrences' },
  {
    budgetingMethod: 'Timeslices',
    timeSliceTarget: 0.95,
    timeSliceSeconds: 900,
  },
  { budgetingMethod: 'RatioTimeslices', timeSliceSeconds: 3600 },
];

/** SLOs of a run: they differ in their name and in nothing else. */
function definitionsOf(run: number): SloDefinition[] {
  return ['whole', 'single'].map(name => ({
    name: `${name}-${run}`,
    title: 'Availability',
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '2d', durationSeconds: 2 * DAY },
    noDataSlices: 'ignore',
    origin: { entityRef, path: '' },
    warnings: [],
    ...kinds[run % kinds.length],
  }));
}

// Some overlap others, some are wrong: more good than all, off the grid.
const someSamples = fc.array(
  fc.record({
    start: fc
      .tuple(
        fc.integer({ min: 12, max: 500 }),
        fc.constantFrom(0, 0, 0, 0, 0, 7),
      )
      .map(([bucket, off]) =>
        new Date((END - bucket * 300 + off) * 1000).toISOString(),
      ),
    durationSeconds: fc.constantFrom(300, 600, 3600),
    good: fc.integer({ min: 0, max: 60 }),
    total: fc.integer({ min: 20, max: 100 }),
  }),
  { minLength: 1, maxLength: 12 },
);

// Databases add fractions in whatever order: the same but for the last digits.
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, entry) =>
      typeof entry === 'number' ? Number(entry.toPrecision(9)) : entry,
    ),
  );
}

describe.each(databases.eachSupportedId())('laws of the store on %s', id => {
  async function setUp() {
    const knex = await migratedDatabase(databases, id);
    const slos = new SloService({
      knex,
      logger: mockServices.logger.mock(),
      now: () => now,
    });
    await slos.syncDefinitions({
      definitionsByEntity: new Map([
        [
          entityRef,
          Array.from({ length: RUNS }, (_, i) => i).flatMap(definitionsOf),
        ],
      ]),
    });
    let keys = 0;
    return {
      knex,
      slos,
      newKey: () => `key-${(keys += 1)}`,
      /**
       * All that can be seen of an SLO, but for its name and the small chart,
       * which is drawn once an hour.
       */
      seen: async (slo: string) => {
        const { status } = await slos.detail({ entityRef, slo });
        const history = await slos.history({ entityRef, slo });
        return rounded({
          ...status,
          slo: '',
          evaluatedAt: '',
          sparkline: [],
          points: history.points,
        });
      },
    };
  }

  it('samples count the same at once and one by one', async () => {
    const { knex, slos, newKey, seen } = await setUp();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(someSamples, async samples => {
        const [whole, single] = definitionsOf(run).map(({ name }) => name);
        run += 1;
        const push = (slo: string, some: typeof samples) =>
          slos.push({
            push: {
              idempotencyKey: newKey(),
              samples: some.map(sample => ({ ...sample, entityRef, slo })),
            },
            caller,
          });
        const { accepted, rejected } = await push(whole, samples);
        const answers = [];
        for (const sample of samples) {
          answers.push(await push(single, [sample]));
        }
        expect(
          answers.flatMap((answer, index) =>
            answer.rejected.map(each => ({ ...each, index })),
          ),
        ).toEqual(rejected);
        expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(
          accepted,
        );
        expect(await seen(single)).toEqual(await seen(whole));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    // Evaluated all together they are what each was alone.
    const names = Array.from({ length: RUNS }, (_, i) => i)
      .flatMap(definitionsOf)
      .map(({ name }) => name);
    const alone = await Promise.all(names.map(seen));
    await knex('slos').update({ revision: knex.raw('revision + 1') });
    expect(await slos.evaluate()).toMatchObject({ evaluated: names.length });
    expect(await Promise.all(names.map(seen))).toEqual(alone);
  });

  it('a push that is repeated changes nothing, whatever came after it', async () => {
    const { knex, slos, newKey, seen } = await setUp();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(someSamples, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
        async (drawn, repeats) => {
          const [{ name }] = definitionsOf(run);
          run += 1;
          const pushes = drawn.map(samples => ({
            idempotencyKey: newKey(),
            samples: samples.map(sample => ({
              ...sample,
              entityRef,
              slo: name,
            })),
          }));
          const answers = [];
          for (const push of pushes) {
            answers.push(await slos.push({ push, caller }));
          }
          const before = await seen(name);
          const row = () => knex('slos').where({ name }).first();
          const stored = await row();
          for (const repeat of repeats) {
            const which = repeat % pushes.length;
            expect(await slos.push({ push: pushes[which], caller })).toEqual({
              ...answers[which],
              replayed: true,
            });
          }
          expect(await row()).toEqual(stored);
          expect(await seen(name)).toEqual(before);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
