import fc from 'fast-check';
import { changeFailures } from './changeFailures';
import { deliveryFigures } from './deliveryFigures';
import { mergeIncident } from './mergeIncident';
import type { Deployment, Incident } from './types';

const HOUR = 3600;
const day = (time: string) => `2026-11-10T${time}:00.000Z`;
const deployed = (
  id: string,
  time: string,
  more: Partial<Deployment> = {},
): Deployment => ({
  id,
  kind: 'deployed',
  outcome: 'success',
  at: day(time),
  ...more,
});
const incident = (id: string, more: Partial<Incident>): Incident => ({
  id,
  ...more,
});

describe('changeFailures', () => {
  // After DORA, change fail rate: https://dora.dev/guides/dora-metrics/
  it.each<[string, Deployment[], Incident[], Record<string, string>]>([
    ['nothing follows', [deployed('a', '08:00')], [], {}],
    [
      'a rollback is laid to the last deployment before it',
      [
        deployed('a', '08:00'),
        deployed('b', '09:00'),
        deployed('r', '09:30', { kind: 'rolledback' }),
        deployed('c', '10:00'),
      ],
      [],
      { b: 'rollback' },
    ],
    [
      'an incident is laid to the last deployment before it began',
      [deployed('a', '08:00'), deployed('b', '11:00', { kind: 'upgraded' })],
      [incident('i', { startedAt: day('10:00'), detectedAt: day('12:00') })],
      { a: 'incident' },
    ],
    [
      'the window is over',
      [deployed('a', '08:00')],
      [incident('i', { detectedAt: '2026-11-11T08:00:01.000Z' })],
      {},
    ],
    [
      'the end of the window belongs to it',
      [deployed('a', '08:00')],
      [incident('i', { detectedAt: '2026-11-11T08:00:00.000Z' })],
      { a: 'incident' },
    ],
    [
      'another environment is another story, none is any',
      [
        deployed('a', '07:00'),
        deployed('b', '08:00', { environment: 'prod-us' }),
      ],
      [incident('i', { detectedAt: day('09:00'), environment: 'prod-eu' })],
      { a: 'incident' },
    ],
    [
      'one that never came through cannot break anything',
      [
        deployed('a', '08:00'),
        deployed('b', '09:00', { outcome: 'failure' }),
        deployed('r', '09:30', { kind: 'rolledback' }),
      ],
      [],
      { a: 'rollback', b: 'failure' },
    ],
    [
      'removed and published are no changes',
      [
        deployed('a', '08:00', { kind: 'removed' }),
        deployed('b', '08:10', { kind: 'published' }),
      ],
      [incident('i', { detectedAt: day('09:00') })],
      {},
    ],
    [
      'an incident and its rollback are one failure',
      [deployed('a', '08:00'), deployed('r', '09:00', { kind: 'rolledback' })],
      [incident('i', { detectedAt: day('08:30') })],
      { a: 'rollback' },
    ],
  ])('%s', (_, deployments, incidents, expected) => {
    const given = (d: Deployment[], i: Incident[]) =>
      Object.fromEntries(
        changeFailures({
          deployments: d,
          incidents: i,
          windowSeconds: 24 * HOUR,
        }),
      );
    expect(given(deployments, incidents)).toEqual(expected);
    expect(given([...deployments].reverse(), [...incidents].reverse())).toEqual(
      expected,
    );
  });
});

describe('deliveryFigures', () => {
  const figures = (deployments: Deployment[], incidents: Incident[]) =>
    deliveryFigures({
      deployments,
      incidents,
      from: '2026-11-10T00:00:00.000Z',
      to: '2026-11-11T00:00:00.000Z',
      windowSeconds: 24 * HOUR,
    });

  it('works out the five measures', () => {
    const result = figures(
      [
        deployed('before', '08:00', { at: '2026-11-09T23:00:00.000Z' }),
        deployed('a', '08:00'),
        deployed('b', '09:00'),
        deployed('r', '09:20', { kind: 'rolledback' }),
        deployed('c', '10:00'),
        deployed('d', '11:00', { outcome: 'failure' }),
      ],
      [
        incident('1', {
          startedAt: day('10:00'),
          detectedAt: day('10:10'),
          mitigatedAt: day('10:40'),
          resolvedAt: day('12:00'),
        }),
        incident('2', { detectedAt: day('13:00'), resolvedAt: day('14:00') }),
        incident('3', { detectedAt: day('15:00') }),
        incident('4', { startedAt: day('16:30'), detectedAt: day('16:00') }),
      ],
    );
    // Of a, b, c and d: d never came through, b was rolled back.
    expect(result['deployment-success']).toEqual({
      value: 0.5,
      counted: 4,
      of: 4,
    });
    // Of a, b and c: b was rolled back, c had incidents.
    expect(result['change-failure-rate']).toEqual({
      value: 2 / 3,
      counted: 3,
      of: 3,
    });
    // Only the first says when it began; the fourth has a wrong clock.
    expect(result['time-to-detect']).toEqual({
      value: 600,
      median: 600,
      counted: 1,
      of: 4,
      open: 2,
    });
    // 30 minutes, and an hour as the end stands in.
    expect(result['time-to-mitigate']).toMatchObject({
      value: 2700,
      counted: 2,
      open: 2,
    });
    // The median of 2 hours and 1 hour.
    expect(result['recovery-time']).toMatchObject({
      value: 5400,
      counted: 2,
      open: 2,
    });
  });

  it('knows nothing of nothing, and never takes an open incident for a short one', () => {
    const none = figures([], []);
    for (const figure of Object.values(none)) {
      expect(figure.value).toBeUndefined();
      expect(figure.reason).toMatch(/^No (deployment|incident) was reported$/);
    }
    const open = figures([], [incident('1', { detectedAt: day('10:00') })]);
    expect(open['recovery-time']).toEqual({
      counted: 0,
      of: 1,
      open: 1,
      reason: 'Every incident is still open',
    });
  });
});

describe('mergeIncident', () => {
  const moment = fc.option(fc.constantFrom(day('08:00'), day('09:00')), {
    nil: undefined,
  });
  const anIncident = fc.record({
    id: fc.constant('i'),
    startedAt: moment,
    detectedAt: moment,
    resolvedAt: moment,
    entityRef: fc.option(fc.constantFrom('component:a/a', 'component:a/b'), {
      nil: undefined,
    }),
    title: fc.option(fc.string(), { nil: undefined }),
  });

  it('gives the same in any order, and however often', () => {
    fc.assert(
      fc.property(
        fc.array(anIncident, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        (events, seed) => {
          const other = [...events, events[seed % events.length]].sort(
            (a, b) =>
              JSON.stringify(a).charCodeAt(seed % 20) -
              JSON.stringify(b).charCodeAt(seed % 20),
          );
          const merged = events.reduce(mergeIncident, { id: 'i' });
          expect(other.reduce(mergeIncident, { id: 'i' })).toEqual(merged);
        },
      ),
    );
  });
});
