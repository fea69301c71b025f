import { readTiers } from './readTiers';

describe('readTiers', () => {
  it('takes what replaces single requirements', () => {
    const tiers = {
      'tier-2': { slos: 0, runbookAreas: ['failover'], reviewCadence: 'P30D' },
    };
    expect(readTiers({ tiers })).toEqual({ overrides: tiers, problems: [] });
    expect(readTiers({ tiers: undefined })).toEqual({
      overrides: {},
      problems: [],
    });
  });

  it.each<[unknown, string]>([
    [[], 'ownership.tiers: expected an object, found a list'],
    [
      { 'tier-9': {} },
      'ownership.tiers.tier-9: is not known; did you mean tier-1?',
    ],
    [
      { 'a b': {} },
      'ownership.tiers["a b"]: is not known; accepted are tier-1, tier-2, tier-3, tier-4, none',
    ],
    [
      { 'tier-1': { slo: 1 } },
      'ownership.tiers.tier-1.slo: is not known; did you mean slos?',
    ],
    [
      { 'tier-1': null },
      'ownership.tiers.tier-1: expected an object, found nothing',
    ],
    [
      { 'tier-1': { slos: -1 } },
      'ownership.tiers.tier-1.slos: is too small: at least 0',
    ],
    [
      { none: { reviewCadence: '90 days' } },
      'ownership.tiers.none.reviewCadence: expected an ISO 8601 duration such as P90D, found `90 days`',
    ],
    [
      { 'tier-1': { runbookAreas: ['incident', 'rolback'] } },
      'ownership.tiers.tier-1.runbookAreas[1]: `rolback` is not accepted; did you mean `rollback`? Accepted are `deployment`, `monitoring`, `incident`, `rollback`, `recovery`, `failover`',
    ],
  ])('says what is wrong with %j, and where', (tiers, problem) => {
    expect(readTiers({ tiers })).toEqual({
      overrides: {},
      problems: [problem],
    });
  });
});
