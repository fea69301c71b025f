import fc from 'fast-check';
import { staticRotation } from './staticRotation';

const participants = ['user:default/ada', 'user:default/bo', 'user:default/cy'];

function shiftAt(now: string, startsAt: string, every: string) {
  return staticRotation({
    rotation: { participants, startsAt, every },
    now: new Date(now),
  });
}

describe('staticRotation', () => {
  // prettier-ignore
  it.each`
    now                       | startsAt                       | every       | participant           | until
    ${'2026-01-05T00:00:00Z'} | ${'2026-01-05'}                | ${'P7D'}    | ${'user:default/ada'} | ${'2026-01-12T00:00:00.000Z'}
    ${'2026-01-11T23:59:59Z'} | ${'2026-01-05'}                | ${'P1W'}    | ${'user:default/ada'} | ${'2026-01-12T00:00:00.000Z'}
    ${'2026-01-12T00:00:00Z'} | ${'2026-01-05'}                | ${'P1W'}    | ${'user:default/bo'}  | ${'2026-01-19T00:00:00.000Z'}
    ${'2026-01-26T00:00:00Z'} | ${'2026-01-05'}                | ${'P1W'}    | ${'user:default/ada'} | ${'2026-02-02T00:00:00.000Z'}
    ${'2026-01-12T07:59:00Z'} | ${'2026-01-05T09:00:00+01:00'} | ${'P7D'}    | ${'user:default/ada'} | ${'2026-01-12T08:00:00.000Z'}
    ${'2026-01-12T08:00:00Z'} | ${'2026-01-05T09:00:00+01:00'} | ${'P7D'}    | ${'user:default/bo'}  | ${'2026-01-19T08:00:00.000Z'}
    ${'2026-02-28T12:00:00Z'} | ${'2026-01-31'}                | ${'P1M'}    | ${'user:default/bo'}  | ${'2026-03-31T00:00:00.000Z'}
    ${'2026-01-05T05:00:00Z'} | ${'2026-01-05'}                | ${'PT12H'}  | ${'user:default/ada'} | ${'2026-01-05T12:00:00.000Z'}
    ${'2026-01-01T00:00:00Z'} | ${'2026-01-05'}                | ${'P7D'}    | ${undefined}          | ${'2026-01-05T00:00:00.000Z'}
  `('at $now, from $startsAt every $every: $participant until $until', row => {
    const shift = shiftAt(row.now, row.startsAt, row.every);
    expect(shift.participant).toBe(row.participant);
    expect(shift.until?.toISOString()).toBe(row.until);
  });

  it.each([
    ['2026-13-40', 'P7D', /startsAt: "2026-13-40" is not/],
    ['2026-01-05', 'weekly', /every: "weekly" is not/],
    ['2026-01-05', 'PT0S', /every: "PT0S" is not/],
    ['2026-01-05', '-P7D', /every: "-P7D" is not/],
  ])('says what is wrong with %s, %s', (startsAt, every, problem) => {
    expect(shiftAt('2026-06-01T00:00:00Z', startsAt, every).problem).toMatch(
      problem,
    );
  });

  it('always has exactly one shift around a moment, and the next person after it', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('2026-01-05T00:00:00Z'),
          max: new Date('2036-01-05T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.constantFrom('P1D', 'P7D', 'P1M', 'P1M3D', 'PT7H'),
        (now, every) => {
          const rotation = { participants, startsAt: '2026-01-05', every };
          const shift = staticRotation({ rotation, now });
          expect(shift.until!.getTime()).toBeGreaterThan(now.getTime());
          const next = staticRotation({ rotation, now: shift.until! });
          const turn = participants.indexOf(shift.participant!);
          expect(next.participant).toBe(
            participants[(turn + 1) % participants.length],
          );
        },
      ),
    );
  });
});
