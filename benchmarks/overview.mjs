// The executive view, the recomputation of scorecards and what a day of
// history takes, with 50,000 components, 300 nested groups, 2 scorecards and
// 400 days of history on PostgreSQL.
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import knexFactory from 'knex';
import { median, quantile, timed } from './measure.mjs';
import { driftScanOf } from './overview/driftScanOf.mjs';
import { seedOverview } from './overview/seedOverview.mjs';
import { startPostgres } from './postgres.mjs';
import { verdict } from './sli/verdict.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const scorecards = '../plugins/ownership-backend/src/scorecard';
const {
  OverviewService,
  REMEMBERED_MS,
} = require(`${scorecards}/OverviewService`);
const { ScorecardConsumer } = require(`${scorecards}/ScorecardConsumer`);
const { MoverService } = require(`${scorecards}/history/MoverService`);
const {
  MeasureReport,
} = require('../plugins/ownership-backend/src/measure/MeasureReport');
const {
  readMeasureConfig,
} = require('../plugins/ownership-backend/src/measure/MeasureConfig');
const { ConfigReader } = require('@backstage/config');
const {
  configureScorecards,
  driftRules,
} = require('@service-ownership/backstage-plugin-ownership-common');

const { values: args } = parseArgs({
  options: {
    components: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '5' },
  },
});
const COMPONENTS = Number(args.components);
const ROUNDS = Number(args.rounds);
const GROUPS = 300;
const DAYS = 400;
/** Of the components of a scorecard that change on a day. */
const CHURN = 0.02;
const CALLS = 100;

const folder = fileURLToPath(
  new URL('../.data/benchmark-overview/postgres', import.meta.url),
);
const postgres = await startPostgres({ folder });
const admin = knexFactory({ client: 'pg', connection: postgres.connection });
const database = `overview_${process.pid}`;
await admin.raw('create database ??', [database]);
const knex = knexFactory({
  client: 'pg',
  connection: { ...postgres.connection, database },
  pool: { min: 0, max: 10 },
});
try {
  await knex.migrate.latest({
    directory: fileURLToPath(
      new URL('../plugins/ownership-backend/migrations', import.meta.url),
    ),
  });
  const now = new Date();
  const configured = configureScorecards({ rules: driftRules });
  // A drift scan of its own, and the scorecards of what it judged: the first
  // time into empty tables, and with everything as stored.
  const drift = await driftScanOf(knex, {
    components: COMPONENTS,
    groups: GROUPS,
    now,
  });
  const recompute = () =>
    timed(async () => {
      const replica = new ScorecardConsumer({ knex, scorecards: configured });
      const progress = {
        scanId: 'recomputed',
        now,
        directory: drift.directory,
      };
      for (const batch of drift.judged) {
        await replica.accept(batch, progress);
      }
      await replica.finish(progress);
    });
  const recomputed = { first: await recompute(), again: [] };
  for (let round = 0; round < ROUNDS; round++) {
    recomputed.again.push(await recompute());
  }
  console.log(
    `drift scan ${Math.round(drift.first)} ms at first, ${Math.round(
      drift.second,
    )} ms again; scorecards of ${
      drift.judged.flat().length
    } components ${Math.round(recomputed.first)} ms at first, ${Math.round(
      median(recomputed.again),
    )} ms again`,
  );
  drift.judged.length = 0;
  for (const table of [
    'directory_principals',
    'directory_closure',
    'components',
    'component_owners',
    'findings',
    'finding_events',
    'scorecard_results',
    'scorecard_gaps',
    'scorecard_history',
    'scorecard_changes',
    'drift_history',
    'overview_history',
    'scans',
  ]) {
    await knex(table).truncate();
  }
  const organisation = await seedOverview(knex, {
    components: COMPONENTS,
    groups: GROUPS,
    days: DAYS,
    now,
    scorecards: configured,
  });

  // What a scan costs scorecards: the first time, with nothing changed, and
  // with 2 % changed, which is also what a day of history takes.
  const consumer = () =>
    new ScorecardConsumer({ knex, scorecards: configured });
  const changes = async () => {
    await knex.raw('vacuum full analyze scorecard_changes');
    const { rows } = await knex.raw(
      `select pg_total_relation_size('scorecard_changes')::bigint as bytes,
        (select count(*) from scorecard_changes)::int as rows`,
    );
    return { bytes: Number(rows[0].bytes), rows: rows[0].rows };
  };
  const scan = (day, churned, replica) =>
    timed(async () => {
      const progress = {
        scanId: `${day}-${churned}`,
        now: new Date(now.getTime() + day * 86_400_000),
        directory: organisation.directory,
      };
      for (const batch of organisation.batches({ churned })) {
        await replica.accept(batch, progress);
      }
      await replica.finish(progress);
    });
  const replica = consumer();
  const first = await scan(-12, 0, replica);
  const unchanged = [];
  for (let round = 0; round < ROUNDS; round++) {
    unchanged.push(await scan(-11, 0, consumer()));
  }
  const before = await changes();
  const churning = [];
  for (let day = 1; day <= 10; day++) {
    churning.push(await scan(day - 11, day * CHURN, replica));
  }
  const after = await changes();
  const perDay = (after.bytes - before.bytes) / 10;
  const results = Number(
    (await knex('scorecard_results').count({ n: '*' }))[0].n,
  );
  const history = await knex.raw(
    `select pg_total_relation_size('scorecard_history')::bigint as bytes,
      (select count(*) from scorecard_history)::int as rows`,
  );
  const groupBytes = Number(history.rows[0].bytes);
  await knex.raw('analyze');

  // The executive view.
  const measures = new MeasureReport({
    knex,
    config: readMeasureConfig(new ConfigReader({})),
    statuses: async () => [],
  });
  const service = rememberMs =>
    new OverviewService({
      knex,
      scorecard: () => configured[0],
      measures,
      rememberMs,
    });
  const warm = service(REMEMBERED_MS);
  const cold = service(0);
  const asked = [];
  knex.on('query', ({ sql }) => asked.push(sql));
  await cold.overview({ days: 30, visible: 'all' });
  const statements = asked.length;
  const movers = new MoverService({ knex, titleOfRule: () => undefined });
  const since = new Date(now.getTime() - 30 * 86_400_000)
    .toISOString()
    .slice(0, 10);

  const ratios = [];
  const coldRatios = [];
  const parts = [];
  const moverRatios = [];
  const team = organisation.refs[1];
  for (let round = 0; round < ROUNDS; round++) {
    const row = [];
    const view = [];
    const uncounted = [];
    const part = [];
    const moved = [];
    for (let call = 0; call < CALLS; call++) {
      row.push(
        await timed(() =>
          knex('components')
            .where('entity_ref', organisation.entityRef(call * 17))
            .first('entity_ref', 'state', 'tier'),
        ),
      );
      view.push(await timed(() => warm.overview({ days: 30, visible: 'all' })));
      part.push(
        await timed(() => warm.overview({ days: 30, team, visible: 'all' })),
      );
      if (call % 20 === 0) {
        uncounted.push(
          await timed(() => cold.overview({ days: 30, visible: 'all' })),
        );
        moved.push(
          await timed(() =>
            movers.movers({
              scorecardId: configured[0].id,
              since,
              limit: 5,
              visible: 'all',
            }),
          ),
        );
      }
    }
    const one = quantile(row, 0.95);
    ratios.push(quantile(view, 0.95) / one);
    parts.push(quantile(part, 0.95) / one);
    coldRatios.push(median(uncounted) / median(row));
    moverRatios.push(median(moved) / median(row));
    console.log(
      `round ${round + 1}: one row p95 ${one.toFixed(
        2,
      )} ms, overview p95 ${quantile(view, 0.95).toFixed(
        2,
      )} ms, counted anew ${median(uncounted).toFixed(0)} ms`,
    );
  }

  verdict([
    { what: 'statements of the executive view', seen: statements, most: 12 },
    {
      what: 'executive view p95, to the p95 of a read of one row',
      seen: median(ratios),
      most: 10,
    },
    {
      what: 'the same of a nested group',
      seen: median(parts),
      most: 10,
    },
    {
      what: 'the view counted anew, to a read of one row (medians)',
      seen: median(coldRatios),
    },
    {
      what: 'biggest movers of 30 days, to a read of one row (medians)',
      seen: median(moverRatios),
    },
    {
      what: 'bytes a day per entity and scorecard',
      seen: (perDay + groupBytes / DAYS) / results,
      most: 60,
    },
    {
      what: 'of which the changes of 2 % of the components',
      seen: perDay / results,
    },
    {
      what: `of which ${history.rows[0].rows} days of groups`,
      seen: groupBytes / DAYS / results,
    },
    {
      what: 'bytes of a change',
      seen: (after.bytes - before.bytes) / (after.rows - before.rows),
    },
    {
      what: 'recomputed scorecards, to the drift scan, nothing changed',
      seen: median(recomputed.again) / drift.second,
      most: 0.5,
    },
    {
      what: 'the same into empty tables, where both write every row',
      seen: recomputed.first / drift.first,
    },
    { what: 'first scan, ms', seen: Math.round(first) },
    {
      what: 'scan with nothing changed, ms',
      seen: Math.round(median(unchanged)),
    },
    { what: 'scan with 2 % changed, ms', seen: Math.round(median(churning)) },
  ]);
} finally {
  await knex.destroy();
  await admin.raw('drop database ?? with (force)', [database]);
  await admin.destroy();
  await postgres.stop();
}
