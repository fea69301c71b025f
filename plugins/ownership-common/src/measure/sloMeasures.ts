import type { SloStatus } from '../slo';
import type { MeasureId } from './measureCatalogue';

const kinds: Array<{ id: 'availability' | 'latency'; words: RegExp }> = [
  { id: 'latency', words: /latenc|duration|response.?time|speed|\bp\d\d\b/i },
  { id: 'availability', words: /availab|success|uptime|error|reliab/i },
];

/**
 * The measures that follow from the SLOs of a component (M1 to M4 and M8), by
 * what an SLO is called: "availability", "success" or "error" is availability,
 * "latency" or "duration" is latency. Of several the worst one counts. The
 * burn rate is that of the last hour or, where that is not known, of the next
 * longer window, the fastest of all SLOs.
 *
 * @public
 */
export function sloMeasures(
  statuses: readonly SloStatus[],
): Array<{ id: MeasureId; value: number; target?: number; status: SloStatus }> {
  const figures: Array<{
    id: MeasureId;
    value: number;
    target?: number;
    status: SloStatus;
  }> = [];
  for (const { id } of kinds) {
    const [worst] = statuses
      .filter(status => kindOf(status) === id && status.sli !== undefined)
      .sort((a, b) => a.sli! - b.sli!);
    if (!worst) {
      continue;
    }
    figures.push({
      id,
      value: worst.sli!,
      target: worst.objective,
      status: worst,
    });
    if (id === 'availability') {
      figures.push({
        id: 'error-rate',
        value: 1 - worst.sli!,
        target: 1 - worst.objective,
        status: worst,
      });
      const seconds =
        (Date.parse(worst.evaluatedAt) - Date.parse(worst.window.start)) / 1000;
      if (
        worst.total !== undefined &&
        worst.budgetingMethod === 'Occurrences' &&
        seconds * worst.coverage > 0
      ) {
        figures.push({
          id: 'throughput',
          value: worst.total / (seconds * worst.coverage),
          status: worst,
        });
      }
    }
  }
  const burning = statuses
    .flatMap(status => {
      const rate = [...status.burnRates]
        .sort((a, b) => a.windowSeconds - b.windowSeconds)
        .find(
          ({ windowSeconds, burnRate }) =>
            windowSeconds >= 3600 && burnRate !== undefined,
        );
      return rate ? [{ status, value: rate.burnRate! }] : [];
    })
    .sort((a, b) => b.value - a.value)[0];
  if (burning) {
    figures.push({ id: 'burn-rate', ...burning });
  }
  return figures;
}

function kindOf({ slo, title }: SloStatus) {
  return kinds.find(({ words }) => words.test(slo) || words.test(title))?.id;
}
