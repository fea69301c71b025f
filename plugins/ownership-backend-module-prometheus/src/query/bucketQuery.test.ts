import { countQuery, ratioQuery, valueQuery } from './bucketQuery';
import { parseQuery } from './parseQuery';

describe('countQuery', () => {
  // Counts are added up in any case; the outer sum of one series changes nothing.
  it.each([
    ['sum(rate(x[1m]))', 'sum(increase(x{}[300s]))'],
    ['sum by (le) (irate(x{a="b"}[1m]))', 'sum(increase(x{a="b"}[300s]))'],
    [
      'increase(x{b!~"c.*", a="1"}[30d])',
      'sum(increase(x{a="1",b!~"c.*"}[300s]))',
    ],
    ['x', 'sum(increase(x{}[300s]))'],
    ["(sum((x{a='it\\'s'})))", 'sum(increase(x{a="it\'s"}[300s]))'],
    ['sum(rate(x[{{.window}}]))', 'sum(increase(x{}[300s]))'],
    ['sum(rate(x[{{ .window }}])) # why', 'sum(increase(x{}[300s]))'],
    ['sum(x) - sum(y)', 'sum(sum(increase(x[300s])) - sum(increase(y[300s])))'],
    ['x offset 1m', 'sum(increase(x[300s] offset 1m))'],
    [
      'sum(rate(x[5m])) or vector(0)',
      'sum(sum(increase(x[300s])) or vector(0))',
    ],
    ['histogram_count(rate(x[5m]))', 'sum(histogram_count(increase(x[300s])))'],
    [
      'sum_over_time(rate(x[1m])[1h:1m])',
      'sum(sum_over_time(rate(x[1m])[300s:1m]))',
    ],
    ['count_over_time(x[1h])', 'sum(count_over_time(x[300s]))'],
    ['job:x:rate5m', 'sum((avg_over_time(job:x:rate5m[300s]) * 300))'],
    ['job:x:total', 'sum(increase(job:x:total[300s]))'],
    ['{"a b", c="d"}', 'sum(increase({"a b", c="d"}[300s]))'],
    ['12', 'vector(12)'],
    ['vector(1)', 'sum(vector(1))'],
  ])('%s', (written, asked) => {
    expect(countQuery(written, 300).expression).toBe(asked);
    // What is asked can be parsed again.
    parseQuery(asked);
  });

  it.each([
    [true, 'x', 'sum(increase(x{}[300s]))'],
    [true, 'job:x:rate5m', 'sum(increase(job:x:rate5m{}[300s]))'],
    [false, 'x', 'sum(sum_over_time(x[300s]))'],
    [
      false,
      'sum(x) - sum(y)',
      'sum(sum(sum_over_time(x[300s])) - sum(sum_over_time(y[300s])))',
    ],
    [false, 'job:x:rate5m', 'sum((avg_over_time(job:x:rate5m[300s]) * 300))'],
    // A range says itself what is counted.
    [false, 'sum(rate(x[1m]))', 'sum(increase(x{}[300s]))'],
    [false, 'count_over_time(x[1h])', 'sum(count_over_time(x[300s]))'],
  ])('takes counter %s of %s', (counter, written, asked) => {
    expect(countQuery(written, 300, { counter }).expression).toBe(asked);
    parseQuery(asked);
  });

  it('says how a gauge is counted', () => {
    expect(() => countQuery('max(x)', 300, { counter: false })).toThrow(
      'write sum_over_time(x[5m]) around each metric',
    );
  });

  it('counts an hour as well', () => {
    expect(countQuery('sum(rate(x[5m]))', 3600).expression).toBe(
      'sum(increase(x{}[3600s]))',
    );
  });

  it.each([
    ['max(x)', /write increase\(x\[5m\]\), or rate/],
    ['x * 2', /write increase\(x\[5m\]\)/],
    ['-x', /write increase/],
    ['x @ 5', /write increase/],
    ['', /^line 1, column 1: the query ends too early$/],
    ['sum(\n  x{a="b"\n)', /^line 3, column 1: not understood from "\)" on$/],
    [
      'rate(x[$__rate_interval])',
      /^line 1, column 8: .*"\$__rate_interval\]\)"/,
    ],
    ['x) or sum(y', /^line 1, column 2/],
    ['sum(rate(x[{{.window}}]) b', /^line 1, column 26: /],
  ])('refuses %j', (written, message) => {
    expect(() => countQuery(written, 300)).toThrow(message);
  });
});

describe('ratioQuery', () => {
  it.each([
    [
      'sum(rate(x[5m])) / sum(rate(y[5m]))',
      'avg(sum(rate(x[3600s])) / sum(rate(y[3600s])))',
    ],
    ['up{a="b"}', 'avg(avg_over_time(up{a="b"}[3600s]))'],
    ['x / y', undefined],
  ])('%s for an hour', (written, asked) => {
    expect(ratioQuery(written, 3600)?.expression).toBe(asked);
  });

  it('takes a moment for 5 minutes where there is no range', () => {
    expect(ratioQuery('x / y', 300)?.expression).toBe('avg(x / y)');
  });
});

describe('valueQuery', () => {
  it.each([
    ['lte', 'max(p99)'],
    ['lt', 'max(p99)'],
    ['gte', 'min(p99)'],
    ['gt', 'min(p99)'],
  ] as const)('takes the worst series for %s', (op, asked) => {
    expect(valueQuery('p99', op).expression).toBe(asked);
  });
});
