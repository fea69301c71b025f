import { ConfigReader } from '@backstage/config';
import { tierRequirements } from '@service-ownership/backstage-plugin-ownership-common';
import { readTierConfig } from './readTierConfig';

const read = (tiers?: object) =>
  readTierConfig(new ConfigReader({ ownership: { ...(tiers && { tiers }) } }));

describe('readTierConfig', () => {
  it('is the built-in table where nothing is configured', () => {
    expect(read()('tier-1')).toEqual(tierRequirements({ tier: 'tier-1' }));
    expect(read()(undefined)).toEqual(tierRequirements({}));
  });

  it('replaces single requirements of single tiers', () => {
    const requirements = read({
      'tier-2': { slos: 0, runbookAreas: ['failover'], reviewCadence: 'P30D' },
    });

    expect(requirements('tier-2')).toEqual({
      ...tierRequirements({ tier: 'tier-2' }),
      slos: 0,
      runbookAreas: ['failover'],
      reviewCadence: 'P30D',
    });
    expect(requirements('tier-1')).toEqual(
      tierRequirements({ tier: 'tier-1' }),
    );
  });

  it('says everything that is wrong, and where', () => {
    expect(() =>
      read({ 'tier-1': { slos: -1, slo: 1 }, none: { onCall: 'yes' } }),
    ).toThrow(
      [
        'ownership.tiers.tier-1.slos: is too small: at least 0',
        'ownership.tiers.tier-1.slo: is not known; did you mean slos?',
        'ownership.tiers.none.onCall: expected `true` or `false`, found `yes`',
      ].join('; '),
    );
  });
});
