// What one refresh of 1,000 SLOs asks of a real Prometheus, against one query
// for each SLO and window.
import { definitions } from './sli/definitions.mjs';
import { startSli } from './sli/startSli.mjs';
import { verdict } from './sli/verdict.mjs';

const COUNT = 1000;
const WINDOWS = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200];
const CONCURRENCY = 4;

const sli = await startSli();
try {
  await sli.ask('define', { count: COUNT });
  const first = sli.end - 3600;
  await sli.ask('collect', { at: first + 60 });
  // The one that is timed is not the one whose samples are counted.
  const timed = [];
  for (const ago of [300, 600, 900]) {
    timed.push(await sli.ask('collect', { at: first + ago + 60 }));
  }
  timed.sort((a, b) => a.milliseconds - b.milliseconds);
  const at = first + 1200;
  const refresh = await sli.ask('collect', { at: at + 60, stats: true });
  const statuses = new Map(
    (await sli.ask('statuses')).map(status => [status.slo, status]),
  );

  const single = await perSloAndWindow(at);
  // At the edge of an incident Prometheus itself extrapolates: the rates of
  // errors differ by more than the indicators do.
  let worst = 0;
  let worstErrors = 0;
  for (const [key, expected] of single.values) {
    const [slo, window] = key.split(' ');
    const rate = statuses
      .get(slo)
      .burnRates.find(({ windowSeconds }) => windowSeconds === Number(window));
    worst = Math.max(
      worst,
      Math.abs((1 - rate.errorRate) / (1 - expected) - 1),
    );
    worstErrors = Math.max(
      worstErrors,
      Math.abs(rate.errorRate / expected - 1),
    );
  }
  console.log(
    `one refresh: ${Math.round(timed[1].milliseconds)} ms, ${
      timed[1].statements
    } statements, ${refresh.samples} samples; ${
      single.queries
    } single queries: ${Math.round(single.milliseconds)} ms, ${
      single.samples
    } samples`,
  );
  verdict([
    { what: 'HTTP calls of a refresh', seen: refresh.calls, most: 45 },
    { what: 'SLOs that failed', seen: refresh.failed, most: 0 },
    {
      what: 'times fewer samples',
      seen: single.samples / refresh.samples,
      least: 300,
    },
    {
      what: 'times less time',
      seen: single.milliseconds / timed[1].milliseconds,
      least: 10,
    },
    {
      what: 'greatest difference of an SLI, as a share of it',
      seen: worst,
      most: 0.001,
    },
    {
      what: 'greatest difference of an error rate, as a share of it',
      seen: worstErrors,
    },
  ]);
} finally {
  await sli.stop();
}

/** Asks as a portal without buckets would, at most four at a time. */
async function perSloAndWindow(time) {
  const todo = definitions(COUNT).flatMap(({ name, indicator }) =>
    WINDOWS.map(window => ({ name, indicator, window })),
  );
  const values = new Map();
  let samples = 0;
  const queries = todo.length;
  const ask = async stats => {
    const left = [...todo];
    await Promise.all(
      Array.from({ length: CONCURRENCY }, async () => {
        for (let next = left.pop(); next; next = left.pop()) {
          const [bad, total] = [next.indicator.bad, next.indicator.total].map(
            query => query.replace('[5m]', `[${next.window}s]`),
          );
          const response = await fetch(`${sli.url}/api/v1/query`, {
            method: 'POST',
            body: new URLSearchParams({
              query: `(${bad}) / (${total})`,
              time: String(time),
              ...(stats && { stats: 'all' }),
            }),
          });
          const { data } = await response.json();
          if (stats) {
            samples += data.stats.samples.totalQueryableSamples;
          } else {
            values.set(
              `${next.name} ${next.window}`,
              Number(data.result[0].value[1]),
            );
          }
        }
      }),
    );
  };
  const start = performance.now();
  await ask(false);
  const milliseconds = performance.now() - start;
  await ask(true);
  return { values, samples, queries, milliseconds };
}
