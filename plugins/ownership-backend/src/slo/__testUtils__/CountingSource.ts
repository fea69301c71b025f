import type { SloDefinition } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SliReading,
  SliRequest,
  SliSource,
} from '@service-ownership/backstage-plugin-ownership-node';

/** SLOs over 28 days that a CountingSource reads. */
export function countedSlos(count: number): SloDefinition[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `slo-${index}`,
    title: `SLO ${index}`,
    objective: 0.98,
    budgetingMethod: 'Occurrences',
    window: {
      type: 'rolling',
      duration: '28d',
      durationSeconds: 28 * 86_400,
    },
    noDataSlices: 'ignore',
    indicator: { bad: 'bad', total: 'total', type: 'counting' },
    origin: { entityRef: 'component:default/checkout', path: 'slos' },
    warnings: [],
  }));
}

/** The events of a stretch of time: every 5 minutes have a number of their own. */
export function countOf(from: number, to: number) {
  let total = 0;
  for (let start = from; start < to; start += 300) {
    total += 100 + ((start / 300) % 7);
  }
  return { good: total - (to - from) / 300, total };
}

/** A source whose counts can be worked out from the time alone; it answers day by day. */
export class CountingSource implements SliSource {
  readonly id = 'counting';

  reads({ indicator }: SloDefinition) {
    return indicator?.type === 'counting';
  }

  async *read({
    requests,
  }: {
    requests: SliRequest[];
  }): AsyncIterable<SliReading> {
    for (let day = 0; day < 28; day++) {
      for (const request of requests) {
        const { from, to, seconds } = request;
        const at = from + day * 86_400;
        const end = Math.min(to, at + 86_400);
        if (at < to) {
          const buckets = [];
          for (let start = at; start < end; start += seconds) {
            buckets.push({
              start,
              seconds,
              ...countOf(start, start + seconds),
            });
          }
          yield { request, buckets, readTo: end };
        }
      }
    }
  }
}
