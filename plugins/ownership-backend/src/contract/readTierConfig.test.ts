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

  it.each([
    [{ 'tier-9': {} }, /ownership\.tiers\..*tier-9/],
    [{ 'tier-1': { slo: 1 } }, /ownership\.tiers\.tier-1.*slo/],
    [{ 'tier-1': { slos: -1 } }, /ownership\.tiers\.tier-1\.slos/],
    [{ none: { reviewCadence: '90 days' } }, /none\.reviewCadence.*ISO 8601/],
    [{ 'tier-1': { runbookAreas: ['x'] } }, /tier-1\.runbookAreas/],
  ])('names what is wrong and where: %j', (tiers, message) => {
    expect(() => read(tiers)).toThrow(message);
  });
});
