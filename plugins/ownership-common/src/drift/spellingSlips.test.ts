import { bareName, spellingSlips } from './spellingSlips';

describe('spellingSlips', () => {
  it.each<[string, string, number | undefined]>([
    ['payments', 'paymnets', 1],
    ['Checkout_Squad', 'CheckoutSquad', 0],
    ['checkout', 'chekout-squad', 1],
    ['developer-experience', 'developerexperience', 0],
    ['developer-experience', 'develloper-experiense', 2],
    // Two names, not one and a slip.
    ['team-a', 'team-b', undefined],
    ['core', 'cora', undefined],
    ['billing', 'bowling', undefined],
    ['stream-12', 'stream-13', undefined],
    ['stream-1', 'stream-11', undefined],
    ['payments', 'payments-ledger', undefined],
    // Nothing is left of either.
    ['team', 'Team', 0],
    ['--', '__', undefined],
  ])('%s and %s: %s', (a, b, slips) => {
    expect(spellingSlips(bareName(a), bareName(b))).toBe(slips);
    expect(spellingSlips(bareName(b), bareName(a))).toBe(slips);
  });
});
