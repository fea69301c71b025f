import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';

/** An SLO of type Prometheus. */
export function sloDefinition(
  name: string,
  indicator: SloDefinition['indicator'],
  change: Partial<SloDefinition> = {},
): SloDefinition {
  return {
    name,
    title: name,
    objective: 0.99,
    budgetingMethod: 'Occurrences',
    window: { type: 'rolling', duration: '7d', durationSeconds: 7 * 86_400 },
    noDataSlices: 'ignore',
    indicator: { type: 'Prometheus', ...indicator },
    origin: { entityRef: 'component:default/checkout', path: `slos[${name}]` },
    warnings: [],
    ...change,
  };
}
