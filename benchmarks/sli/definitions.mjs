import { SERVICES } from './startPrometheus.mjs';

const DAY = 86_400;

/**
 * SLOs, the first 1,275 with a query of their own each: 50 differ in one label
 * value, the others are of two services and have nothing in common.
 */
export function definitions(count) {
  const sets = Array.from(
    { length: SERVICES },
    (_, service) => `service="s-${service}"`,
  );
  for (let a = 0; a < SERVICES; a++) {
    for (let b = a + 1; b < SERVICES; b++) {
      sets.push(`service=~"s-${a}|s-${b}"`);
    }
  }
  return Array.from({ length: count }, (_, index) => {
    const set = sets[index % sets.length];
    return {
      name: `slo-${index}`,
      title: `SLO ${index}`,
      objective: 0.995,
      budgetingMethod: 'Occurrences',
      window: { type: 'rolling', duration: '28d', durationSeconds: 28 * DAY },
      noDataSlices: 'ignore',
      indicator: {
        bad: `sum(rate(requests_total{${set},code="500"}[5m]))`,
        total: `sum(rate(requests_total{${set}}[5m]))`,
        type: 'Prometheus',
      },
      origin: {
        entityRef: `component:default/c-${index}`,
        path: 'spec.slos[0]',
      },
      warnings: [],
    };
  });
}
