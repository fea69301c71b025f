import type { Runbook } from '../../runbook';
import type { AlertDetails } from './alertDetails';
import { alertRunbook } from './alertRunbook';
import { describeAlert } from './describeAlert';

const details: AlertDetails = {
  title: 'Orders go through',
  since: '2026-11-21T08:00:00.000Z',
  burnRates: [
    { windowSeconds: 300, burnRate: 30 },
    { windowSeconds: 3600, burnRate: 16.66 },
  ],
  thresholds: [
    { longSeconds: 3600, shortSeconds: 300, factor: 13.44, firing: true },
    { longSeconds: 21_600, shortSeconds: 1800, factor: 5.6, firing: false },
  ],
  remaining: 0.42,
  exhaustionSeconds: 3 * 3600 + 59.9 * 60,
  names: [],
};

const words = (
  change: Partial<AlertDetails> = {},
  state: 'firing' | 'resolved' = 'firing',
) =>
  describeAlert({
    state,
    at: '2026-11-22T09:20:00.000Z',
    details: { ...details, ...change },
    component: 'Checkout',
  });

describe('describeAlert', () => {
  it('says how fast, what is left and for how long', () => {
    expect(words()).toEqual({
      title: 'Checkout: Orders go through burns its error budget too fast',
      description:
        'It burns 16.7 times as fast as it may over 1 hour; the limit is 13.4. 42 % of the budget is left. At this rate it lasts 4 hours more.',
    });
  });

  it.each<[string, Partial<AlertDetails>, RegExp]>([
    [
      'a budget that is gone',
      { remaining: -0.12, exhaustionSeconds: 0 },
      /limit is 13\.4\. The budget is overspent by 12 %\.$/,
    ],
    [
      'one that lasts',
      { exhaustionSeconds: undefined },
      /42 % of the budget is left\.$/,
    ],
    ['no data', { reason: 'no-data' }, /^The data has ended/],
  ])('knows %s', (_, change, expected) => {
    expect(words(change).description).toMatch(expected);
  });

  it('says for how long it fired once it is over', () => {
    expect(words({}, 'resolved')).toEqual({
      title: 'Resolved: Checkout: Orders go through',
      description:
        'The error budget has stopped burning too fast. The alert fired for 1 day 1 hour. 42 % of the budget is left.',
    });
    expect(words({ reason: 'removed' }, 'resolved').description).toMatch(
      /^The SLO is not defined any more/,
    );
  });
});

describe('alertRunbook', () => {
  const runbook = (change: Partial<Runbook>): Runbook => ({
    id: 'a',
    title: 'A',
    url: 'https://example.org/a',
    href: 'https://example.org/a',
    readable: false,
    covers: [],
    alerts: [],
    state: 'fresh',
    source: 'contract',
    ...change,
  });
  const incident = runbook({ title: 'Incident', covers: ['incident'] });
  const named = runbook({ title: 'Burn', alerts: ['CheckoutBurn'] });
  const find = (runbooks: Runbook[], names = ['checkoutburn']) =>
    alertRunbook({ runbooks, slo: 'availability', names })?.title;

  it('is the one that names the alert or the SLO, else that for incidents', () => {
    expect(find([incident, named])).toBe('Burn');
    expect(find([incident, named], [])).toBe('Incident');
    expect(
      find([incident, runbook({ title: 'Slo', alerts: ['Availability'] })], []),
    ).toBe('Slo');
    expect(find([runbook({})])).toBeUndefined();
    expect(find([{ ...named, href: undefined }, incident])).toBe('Incident');
  });
});
