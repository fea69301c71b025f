import { parseEntityRef } from '@backstage/catalog-model';

/**
 * An SLO to start from, as YAML for the contract: OpenSLO v1 with a ratio of
 * good to all requests in Prometheus.
 *
 * @internal
 */
export function exampleSlo(options: { entityRef: string }): string {
  const { name } = parseEntityRef(options.entityRef);
  return `slos:
  - name: availability
    description: Share of requests answered without an error.
    indicator:
      metadata: { name: availability }
      spec:
        ratioMetric:
          counter: true
          good:
            metricSource:
              type: Prometheus
              spec:
                query: sum(http_requests_total{service="${name}",code!~"5.."})
          total:
            metricSource:
              type: Prometheus
              spec:
                query: sum(http_requests_total{service="${name}"})
    timeWindow: [{ duration: 28d, isRolling: true }]
    budgetingMethod: Occurrences
    objectives: [{ target: 0.995 }]
`;
}
