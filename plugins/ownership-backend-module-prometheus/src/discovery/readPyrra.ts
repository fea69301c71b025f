import type { Sample } from '../server/parseVector';
import type { RecordedSlo } from './RecordedSlo';

/** What Pyrra records of every SLO; held for a while, for rules pause. */
export const PYRRA_QUERY =
  'last_over_time({__name__=~"pyrra_objective|pyrra_window|.+:burnrate[0-9]+[smhdwy]",slo!=""}[15m])';

const BURN_RATE = /:burnrate(\d+)([smhdwy])$/;
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/**
 * Reads the SLOs that Pyrra recorded, by `slo` and the labels beside it. What
 * Pyrra calls a burn rate is a ratio of bad events.
 */
export function readPyrra(samples: Sample[]): RecordedSlo[] {
  const windows = new Map<string, number>();
  const shortest = new Map<string, { name: string; seconds: number }>();
  for (const { labels, value } of samples) {
    const { __name__: name, ...others } = labels;
    if (name === 'pyrra_window') {
      windows.set(identity(others), value);
    }
    const [, count, unit] = BURN_RATE.exec(name) ?? [];
    if (count) {
      const seconds = Number(count) * UNITS[unit as keyof typeof UNITS];
      const known = shortest.get(labels.slo);
      if (!known || seconds < known.seconds) {
        shortest.set(labels.slo, { name, seconds });
      }
    }
  }
  return samples.flatMap(({ labels, value }): RecordedSlo[] => {
    const { __name__: name, ...others } = labels;
    const ratio = shortest.get(labels.slo);
    return name === 'pyrra_objective' && ratio
      ? [
          {
            tool: 'Pyrra',
            name: labels.slo,
            objective: value,
            windowSeconds: windows.get(identity(others)) ?? NaN,
            labels: others,
            errorRatio: { name: ratio.name, labels: { slo: labels.slo } },
          },
        ]
      : [];
  });
}

function identity(labels: Record<string, string>): string {
  return JSON.stringify(Object.entries(labels).sort());
}
