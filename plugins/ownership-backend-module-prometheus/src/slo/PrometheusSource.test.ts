import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import fc from 'fast-check';
import { FakePrometheus, json, matrix } from '../__testUtils__/FakePrometheus';
import type { FakeCall } from '../__testUtils__/FakePrometheus';
import { readAll } from '../__testUtils__/readAll';
import { sloDefinition } from '../__testUtils__/sloDefinition';
import { PrometheusSource } from './PrometheusSource';

const TO = Date.parse('2026-11-21T08:00:00Z') / 1000;
const NOW = { from: TO - 1200, to: TO };
const BUCKETS = [1200, 900, 600, 300].map(ago => TO - ago);

function setUp(change: Partial<FakePrometheus['config']> = {}) {
  const prometheus = new FakePrometheus();
  const source = new PrometheusSource({
    servers: [{ ...prometheus.config, ...change }],
    world: prometheus.world,
  });
  return {
    prometheus,
    source,
    read: (definitions: SloDefinition[], stretch = NOW) =>
      readAll(source, definitions, stretch),
  };
}

/** A job with 1 bad of 10 events a second. */
function addJob(prometheus: FakePrometheus, job: string, metric = 'requests') {
  for (const [code, growth] of [
    ['200', 9],
    ['500', 1],
  ] as const) {
    prometheus.series.push({
      metric,
      labels: { job, code },
      growth: () => growth,
    });
  }
}

function slo(job: string, metric = 'requests') {
  const value = JSON.stringify(job);
  return sloDefinition(metric === 'requests' ? job : metric, {
    bad: `sum(rate(${metric}{job=${value},code="500"}[5m]))`,
    total: `sum(rate(${metric}{job=${value}}[5m]))`,
  });
}

const expected = BUCKETS.map(start => ({
  start,
  seconds: 300,
  good: 2700,
  total: 3000,
}));

/** SLOs that have nothing in common but the server. */
function unlike(prometheus: FakePrometheus, count: number): SloDefinition[] {
  return Array.from({ length: count }, (_, index) => {
    addJob(prometheus, 'a', `metric_${index}`);
    return slo('a', `metric_${index}`);
  });
}

describe('joined queries', () => {
  it('are one for SLOs that differ in one label value, whatever the value is', async () => {
    const { prometheus, read } = setUp();
    const jobs = ['api', 'a.c', 'a|b', 'abc', 'say "hi"\\', 'ü\n)', '$1^'];
    jobs.forEach(job => addJob(prometheus, job));
    const answer = await read(jobs.map(job => slo(job)));
    for (const job of jobs) {
      expect(answer[job]).toEqual({ buckets: expected, readTo: TO });
    }
    expect(prometheus.calls).toHaveLength(2);
    expect(prometheus.calls[0]).toMatchObject({
      url: 'https://prometheus.example.org/base/api/v1/query_range',
      start: TO - 900,
      end: TO,
      step: 300,
      init: { method: 'POST', redirect: 'manual' },
    });
  });

  it('are at most 45 for 1,000 SLOs with nothing in common', async () => {
    const { prometheus, read } = setUp();
    const answer = await read(unlike(prometheus, 1000));
    expect(
      Object.values(answer).filter(({ buckets }) => buckets.length !== 4),
    ).toEqual([]);
    expect(prometheus.calls.length).toBeLessThanOrEqual(45);
  });

  it('give every SLO what it would get alone', async () => {
    const word = fc.constantFrom('a', 'b', 'a|b', '.', 'x"y', 'ü');
    const selector = fc.record({
      metric: fc.constantFrom('m', 'n'),
      matchers: fc.uniqueArray(
        fc.record({
          label: fc.constantFrom('job', 'code', 'zone'),
          operator: fc.constantFrom('=', '=', '=', '!='),
          value: word,
        }),
        { maxLength: 3, selector: ({ label }) => label },
      ),
    });
    const indicator = fc
      .tuple(
        selector,
        selector,
        fc.constantFrom(
          'sum(rate(X[5m]))',
          'X',
          'increase(X[1h])',
          'sum(X) or sum(X)',
        ),
      )
      .map(([bad, total, form]) => {
        const query = ({ metric, matchers }: typeof bad) =>
          form.replaceAll(
            'X',
            `${metric}{${matchers
              .map(m => m.label + m.operator + JSON.stringify(m.value))
              .join(',')}}`,
          );
        return { bad: query(bad), total: query(total) };
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(indicator, { minLength: 1, maxLength: 60 }),
        fc.array(
          fc.record({
            metric: fc.constantFrom('m', 'n'),
            labels: fc.record({ job: word, code: word, zone: word }),
            rate: fc.integer({ min: 0, max: 99 }),
          }),
          { maxLength: 20 },
        ),
        async (indicators, series) => {
          const { prometheus, source } = setUp();
          series.forEach(({ rate, ...rest }) =>
            prometheus.series.push({ ...rest, growth: t => rate + (t % 7) }),
          );
          const definitions = indicators.map((each, index) =>
            sloDefinition(`slo-${index}`, each),
          );
          const together = await readAll(source, definitions, NOW);
          for (const definition of definitions) {
            const alone = await readAll(source, [definition], NOW);
            expect(together[definition.name]).toEqual(alone[definition.name]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('split what is longer than 11,000 points, and give it oldest first', async () => {
    const { prometheus, read } = setUp();
    addJob(prometheus, 'api');
    const from = TO - 25_000 * 300;
    const { api } = await read([slo('api')], { from, to: TO });
    expect(api.readTo).toBe(TO);
    expect(api.buckets.map(({ start }) => start)).toEqual(
      Array.from({ length: 25_000 }, (_, index) => from + index * 300),
    );
  });
});

describe('a failure', () => {
  const refusal = () =>
    json(
      { status: 'error', errorType: 'execution', error: 'many-to-many' },
      422,
    );
  const of = (call: FakeCall, metric: string) =>
    new RegExp(`\\b${metric}\\b`).test(call.query);

  it('of one query hits its SLO only, and the next time no other call', async () => {
    const { prometheus, read } = setUp();
    const definitions = unlike(prometheus, 30);
    prometheus.intercept = call =>
      of(call, 'metric_7') ? refusal() : undefined;
    const check = async () => {
      const answer = await read(definitions);
      expect(answer.metric_7.error).toBe(
        'Prometheus server main: it refuses the query: many-to-many',
      );
      delete answer.metric_7;
      for (const each of Object.values(answer)) {
        expect(each).toEqual({ buckets: expected, readTo: TO });
      }
    };
    await check();
    expect(prometheus.calls).toHaveLength(2 + 25);
    prometheus.calls.length = 0;
    await check();
    expect(prometheus.calls).toHaveLength(3);
  });

  it('of a query that never ends hits its SLO only', async () => {
    const { prometheus, read } = setUp();
    const definitions = unlike(prometheus, 3);
    prometheus.intercept = call => {
      if (!of(call, 'metric_1')) {
        return undefined;
      }
      const { signal } = call.init;
      return new Promise((_, reject) => {
        signal!.addEventListener('abort', () => reject(signal!.reason));
        prometheus.timeouts.forEach(timeout => timeout.abort());
      });
    };
    const answer = await read(definitions);
    expect(answer.metric_1.error).toBe(
      'Prometheus server main: no answer within 30 s',
    );
    expect(answer.metric_0.buckets).toEqual(expected);
    expect(answer.metric_2.buckets).toEqual(expected);
    expect(prometheus.calls[0].params.get('timeout')).toBe('30s');
  });

  it('that is a mistake in writing is found before anything is asked', async () => {
    const { prometheus, read } = setUp();
    addJob(prometheus, 'api');
    const answer = await read([
      slo('api'),
      sloDefinition('broken', { bad: 'sum(x', total: 'y' }),
      sloDefinition('unclear', { good: 'max(x)', total: 'y' }),
      sloDefinition('half', { threshold: { query: 'x' } }),
      sloDefinition('elsewhere', { total: 'x', bad: 'y', dataSource: 'eu' }),
    ]);
    expect(answer.api.buckets).toEqual(expected);
    expect(answer.broken.error).toBe(
      'The bad query at slos[broken] of component:default/checkout cannot be asked: line 1, column 6: the query ends too early',
    );
    expect(answer.unclear.error).toMatch(/write increase\(x\[5m\]\)/);
    expect(answer.half.error).toMatch(/needs op/);
    expect(answer.elsewhere.error).toBe(
      'There is no Prometheus server eu in ownership.prometheus.servers; there are main',
    );
    expect(prometheus.calls).toHaveLength(1);
  });

  const series = (metric: object, values: unknown[]) => ({ metric, values });
  it.each<[string, (call: FakeCall) => Response, RegExp, number]>([
    ['503', () => new Response('', { status: 503 }), /answered 503$/, 3],
    [
      '502 with a page',
      () => new Response('<html>', { status: 502 }),
      /502$/,
      3,
    ],
    [
      'HTML',
      () => new Response('<html>login</html>'),
      /answered 200 with a page, not with JSON/,
      1,
    ],
    [
      'truncated JSON',
      () => new Response('{"status":"succ'),
      /not complete/,
      3,
    ],
    ['other JSON', () => json({ hello: 1 }), /not that of a Prometheus/, 1],
    [
      '401',
      () => new Response('', { status: 401 }),
      /check auth and tenant/,
      1,
    ],
    [
      'a redirect',
      () => new Response('', { status: 302, headers: { location: '/' } }),
      /a redirect, which is not followed/,
      1,
    ],
    [
      'a part of the data',
      () => matrix([], { warnings: ['store eu is down'] }),
      /only a part of the data answered: store eu is down/,
      1,
    ],
    [
      'the same series twice',
      ({ start }) => {
        const twice = series({ ownership_query: '0' }, [[start, '1']]);
        return matrix([twice, twice]);
      },
      /the same series twice/,
      1,
    ],
    [
      '100,000 series',
      ({ start }) =>
        matrix(
          Array.from({ length: 100_000 }, (_, index) =>
            series({ instance: `${index}` }, [[start, '1']]),
          ),
        ),
      /100000 series where 2 can be|larger than/,
      1,
    ],
    [
      'more than is read',
      () => new Response(' '.repeat(9 * 1024 * 1024)),
      /larger than 8388608 bytes/,
      1,
    ],
    [
      'native histograms',
      () => matrix([{ metric: { ownership_query: '0' }, histograms: [] }]),
      /histogram_count/,
      1,
    ],
  ])('of the server with %s is said', async (_, intercept, error, calls) => {
    const { prometheus, read } = setUp();
    prometheus.intercept = intercept;
    const { api } = await read([slo('api')]);
    expect(api.buckets).toEqual([]);
    expect(api.error).toMatch(error);
    expect(prometheus.calls).toHaveLength(calls);
    expect(prometheus.slept).toEqual([250, 500].slice(0, calls - 1));
  });

  it('that passes is tried again', async () => {
    const { prometheus, read } = setUp();
    addJob(prometheus, 'api');
    prometheus.intercept = () =>
      prometheus.calls.length < 3
        ? new Response('', { status: 503 })
        : undefined;
    expect((await read([slo('api')])).api.buckets).toEqual(expected);
  });

  it('leaves a server that is down alone for 30 seconds', async () => {
    const { prometheus, read } = setUp();
    const definitions = unlike(prometheus, 500);
    prometheus.intercept = () => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    };
    const first = await read(definitions);
    expect(new Set(Object.values(first).map(({ error }) => error))).toEqual(
      new Set(['Prometheus server main: it cannot be reached: ECONNRESET']),
    );
    // Of 20 queries 5 and those on their way with them are tried, 3 times.
    expect(prometheus.calls.length).toBeLessThanOrEqual(8 * 3);
    prometheus.calls.length = 0;
    prometheus.intercept = undefined;
    await read(definitions);
    expect(prometheus.calls).toHaveLength(0);
    prometheus.now += 30_001;
    const after = await read(definitions.slice(0, 1));
    expect(after.metric_0.buckets).toEqual(expected);
    expect(after.metric_0.error).toBeUndefined();
  });

  it('of one server leaves the others alone', async () => {
    const prometheus = new FakePrometheus();
    addJob(prometheus, 'api');
    prometheus.intercept = ({ url }) =>
      url.startsWith('https://eu')
        ? new Response('', { status: 404 })
        : undefined;
    const source = new PrometheusSource({
      servers: [
        prometheus.config,
        {
          ...prometheus.config,
          name: 'eu',
          url: 'https://eu.example.org',
          isDefault: false,
        },
      ],
      world: prometheus.world,
    });
    const far = slo('api');
    const answer = await readAll(
      source,
      [
        slo('api'),
        {
          ...far,
          name: 'far',
          indicator: { ...far.indicator, dataSource: 'eu' },
        },
      ],
      NOW,
    );
    expect(answer.api.buckets).toEqual(expected);
    expect(answer.far.error).toMatch(/^Prometheus server eu: it answered 404/);
  });
});

describe('values', () => {
  it.each<[string, number | undefined, number | undefined, object | undefined]>(
    [
      ['no total', 1, undefined, undefined],
      ['no bad events', undefined, 10, { good: 3000, total: 3000 }],
      ['nothing asked for', 0, 0, { good: 0, total: 0 }],
      ['a total that is no number', 1, NaN, undefined],
      ['an infinite total', 1, Infinity, undefined],
      ['bad events that are no number', NaN, 10, undefined],
      ['more bad events than events', 11, 10, { good: 0, total: 3000 }],
      ['a total below 0', 0, -1, { good: 0, total: 0 }],
    ],
  )('%s', async (_, bad, total, counts) => {
    const { prometheus, read } = setUp();
    for (const [metric, growth] of [
      ['bad', bad],
      ['total', total],
    ] as const) {
      if (growth !== undefined) {
        prometheus.series.push({ metric, labels: {}, growth: () => growth });
      }
    }
    const answer = await read([
      sloDefinition('a', { bad: 'bad', total: 'total' }),
    ]);
    expect(answer.a.error).toBeUndefined();
    expect(answer.a.buckets).toEqual(
      counts ? BUCKETS.map(start => ({ start, seconds: 300, ...counts })) : [],
    );
  });

  it('beside the grid or out of the range are none', async () => {
    const { prometheus, read } = setUp();
    prometheus.intercept = () =>
      matrix([
        {
          metric: { ownership_query: '0' },
          values: [
            [TO - 3600, '1'],
            [TO - 900, '5'],
            [TO - 450.5, '1'],
            [TO + 300, '1'],
          ],
        },
        { metric: { ownership_query: '1' }, values: [[TO - 900, '9']] },
      ]);
    const { a } = await read([sloDefinition('a', { good: 'a', total: 'b' })]);
    expect(a.buckets).toEqual([
      { start: TO - 1200, seconds: 300, good: 5, total: 9 },
    ]);
  });
});

describe('what is read', () => {
  const { source } = setUp();
  const untyped = setUp({ isDefault: false }).source;
  const total = 'x';
  it.each([
    [{ type: 'prometheus', total }, true, true],
    [{ type: 'Thanos', total }, true, true],
    [{ type: 'Datadog', total }, false, false],
    [{ type: undefined, total }, true, false],
    [{ type: undefined, dataSource: 'main', total }, true, true],
    [{ type: undefined, dataSource: 'other', total }, false, false],
    [{ type: 'prometheus' }, false, false],
  ])('%j', (indicator, withDefault, without) => {
    expect(source.reads(sloDefinition('a', indicator))).toBe(withDefault);
    expect(untyped.reads(sloDefinition('a', indicator))).toBe(without);
  });
});
