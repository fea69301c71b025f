// What the first 28 days of 1,000 SLOs cost the process that reads them.
import { probe, quantile, sleep } from './measure.mjs';
import { startSli } from './sli/startSli.mjs';
import { verdict } from './sli/verdict.mjs';

const COUNT = 1000;

const sli = await startSli();
try {
  await sli.ask('define', { count: COUNT });
  // Warm: what is measured is a backfill, not the start of a process.
  await sli.ask('collect', { at: sli.end - 28 * 86_400 });
  await sli.ask('takePeak');
  const resting = probe(sli.health, { pause: 10 });
  await sleep(10_000);
  const idle = await resting.stop();
  const before = await sli.ask('takePeak');

  const working = probe(sli.health, { pause: 10 });
  const backfill = await sli.ask('collect', { at: sli.end - 240 });
  const busy = await working.stop();
  const { peak } = await sli.ask('takePeak');
  const statuses = await sli.ask('statuses');
  console.log(
    `backfill: ${Math.round(backfill.milliseconds / 1000)} s, ${
      backfill.calls
    } calls, ${backfill.written} buckets; p99 of a health probe ${quantile(
      idle,
      0.99,
    ).toFixed(1)} ms at rest, ${quantile(busy, 0.99).toFixed(
      1,
    )} ms meanwhile, longest ${Math.max(...busy).toFixed(0)} ms`,
  );
  verdict([
    { what: 'SLOs that failed', seen: backfill.failed, most: 0 },
    {
      what: 'SLOs whose window is covered',
      seen: statuses.filter(({ coverage }) => coverage > 0.99).length,
      least: COUNT,
    },
    {
      what: 'megabytes above idle',
      seen: (peak - before.now) / 1e6,
      most: 300,
    },
    {
      what: 'p99 of a health probe, times that at rest',
      seen: quantile(busy, 0.99) / quantile(idle, 0.99),
      most: 5,
    },
  ]);
} finally {
  await sli.stop();
}
