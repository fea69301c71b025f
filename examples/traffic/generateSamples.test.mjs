import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  DAY,
  FIVE_MINUTES,
  generateSamples,
  HOUR,
  parseLength,
  parseMoment,
  shapeNames,
} from './generateSamples.mjs';

const anchor = Date.parse('2026-11-21T08:00:00Z') / 1000;
const objective = 0.999;
const quiet = { perMinute: 200, shape: 'travellers', burn: 0.3 };

function generate({
  from,
  to = anchor,
  fineFrom = from,
  profile = quiet,
  key = 'a/b',
}) {
  return generateSamples({
    key,
    objective,
    profile,
    anchor,
    from,
    to,
    fineFrom,
  });
}

const sum = samples =>
  samples.reduce(
    ({ good, total }, sample) => ({
      good: good + sample.good,
      total: total + sample.total,
    }),
    { good: 0, total: 0 },
  );

const consumed = samples => {
  const { good, total } = sum(samples);
  return (total - good) / ((1 - objective) * total);
};

describe('moments and lengths', () => {
  const rows = [
    ['-9d', -9 * DAY],
    ['-9d14h30m', -9 * DAY - 14 * HOUR - 1800],
    ['-7h', -7 * HOUR],
    ['+1d', DAY],
    // The anchor is at 08:00.
    ['-9d 18:20', -9 * DAY + 10 * HOUR + 20 * 60],
  ];
  for (const [text, seconds] of rows) {
    test(text, () => assert.equal(parseMoment(text, anchor) - anchor, seconds));
  }
  test('47m and 1d12h', () => {
    assert.equal(parseLength('47m'), 47 * 60);
    assert.equal(parseLength('1d12h'), DAY + 12 * HOUR);
  });
  for (const text of [
    '',
    '-',
    '9',
    '-9',
    '9d',
    'yesterday',
    '-1w',
    '-9d 7:5',
  ]) {
    test(`refuses "${text}" as a moment`, () =>
      assert.throws(() => parseMoment(text, anchor), /is not a/));
  }
});

describe('generateSamples', () => {
  test('says the same again, whatever the range it is asked for', () => {
    const day = generate({ from: anchor - DAY });
    const hour = generate({ from: anchor - HOUR });
    assert.equal(day.length, 288);
    assert.deepEqual(day.slice(-12), hour);
    assert.notDeepEqual(hour, generate({ from: anchor - HOUR, key: 'a/c' }));
  });

  test('is whole, on full buckets, and never of the future', () => {
    const samples = generate({
      from: anchor - 2 * DAY - 77,
      to: anchor + 299,
      fineFrom: anchor - DAY,
    });
    let expected =
      Math.ceil((anchor - 2 * DAY - 77) / FIVE_MINUTES) * FIVE_MINUTES;
    for (const { start, seconds, good, total } of samples) {
      assert.equal(start, expected);
      assert.equal(start % seconds, 0);
      assert.ok(Number.isInteger(good) && Number.isInteger(total));
      assert.ok(good >= 0 && good <= total);
      expected = start + seconds;
    }
    assert.equal(expected, anchor);
    assert.equal(samples.filter(({ seconds }) => seconds === HOUR).length, 24);
  });

  test('an hour is the sum of its 5-minute samples', () => {
    const from = anchor - HOUR;
    const [hour] = generate({ from, fineFrom: anchor });
    assert.deepEqual(
      { good: hour.good, total: hour.total },
      sum(generate({ from })),
    );
  });

  test('uses the budget at the pace of the profile', () => {
    for (const burn of [0.1, 0.5, 0.9]) {
      const used = consumed(
        generate({
          from: anchor - 28 * DAY,
          fineFrom: anchor,
          profile: { ...quiet, burn },
        }),
      );
      assert.ok(
        Math.abs(used - burn) < 0.2 * burn,
        `${used} is not about ${burn}`,
      );
    }
  });

  test('has days and weeks', () => {
    const at = time => {
      const from = Date.parse(time) / 1000;
      return sum(generate({ from, to: from + HOUR })).total;
    };
    assert.ok(
      at('2026-11-20T19:00:00Z') > 8 * at('2026-11-20T03:00:00Z'),
      'evening above night',
    );
    assert.ok(
      at('2026-11-20T19:00:00Z') > 1.3 * at('2026-11-17T19:00:00Z'),
      'Friday above Tuesday',
    );
    assert.deepEqual(shapeNames, [
      'flat',
      'travellers',
      'departures',
      'office',
    ]);
  });

  test('an incident uses its share while it lasts, and comes back', () => {
    const evening = Date.parse('2026-11-12T18:20:00Z') / 1000;
    const profile = {
      ...quiet,
      events: [{ from: '-9d 18:20', lasts: '47m', uses: 0.7, every: '28d' }],
    };
    const used = (from, to) => {
      const { good, total } = sum(generate({ from, to, profile }));
      return total - good;
    };
    for (const begin of [evening, evening + 28 * DAY]) {
      const during = used(begin, begin + 45 * 60);
      assert.ok(during > 5000);
      assert.ok(used(begin - HOUR, begin) < during / 100);
      assert.ok(used(begin + HOUR, begin + 2 * HOUR) < during / 100);
    }
    assert.ok(used(evening - 28 * DAY, evening - 27 * DAY) < 500);

    const month = consumed(
      generate({ from: anchor - 28 * DAY, fineFrom: anchor, profile }),
    );
    assert.ok(Math.abs(month - 1) < 0.1, `${month} is not 0.3 and 0.7`);
  });

  test('a leak that began uses the budget up', () => {
    const profile = { ...quiet, events: [{ from: '-16d', burn: 2.1 }] };
    const samples = generate({
      from: anchor - 28 * DAY,
      fineFrom: anchor,
      profile,
    });
    assert.ok(consumed(samples) > 1.1 && consumed(samples) < 1.6);
  });

  test('no traffic is zeros, no data is nothing', () => {
    const silent = generate({ from: anchor - HOUR, profile: { perMinute: 0 } });
    assert.deepEqual(sum(silent), { good: 0, total: 0 });
    assert.equal(silent.length, 12);

    const stopped = generate({
      from: anchor - DAY,
      profile: { ...quiet, stops: '-7h' },
    });
    assert.equal(stopped.at(-1).start, anchor - 7 * HOUR - FIVE_MINUTES);
    const started = generate({
      from: anchor - DAY,
      profile: { ...quiet, starts: '-2h' },
    });
    assert.equal(started[0].start, anchor - 2 * HOUR);
  });
});
