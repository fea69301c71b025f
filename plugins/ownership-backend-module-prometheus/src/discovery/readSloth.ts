import type { Sample } from '../server/parseVector';
import type { RecordedSlo } from './RecordedSlo';

/** What Sloth records of every SLO; held for a while, for rules pause. */
export const SLOTH_QUERY =
  'last_over_time({__name__=~"slo:objective:ratio|slo:time_period:days",sloth_id!=""}[15m])';

/** The ratio of bad events that Sloth records for every SLO. */
export const SLOTH_ERRORS = 'slo:sli_error:ratio_rate5m';

/** Reads the SLOs that Sloth recorded, by `sloth_id`. */
export function readSloth(samples: Sample[]): RecordedSlo[] {
  const days = new Map<string, number>();
  const objectives = new Map<string, Sample>();
  for (const { labels, value } of samples) {
    const id = labels.sloth_id;
    if (labels.__name__ === 'slo:time_period:days') {
      days.set(id, value);
    } else if (!objectives.has(id)) {
      objectives.set(id, { labels, value });
    }
  }
  return [...objectives].map(([id, { labels, value }]) => {
    const { __name__, ...others } = labels;
    return {
      tool: 'Sloth',
      name: labels.sloth_slo || id,
      objective: value,
      // Sloth's own default.
      windowSeconds: Math.round((days.get(id) ?? 30) * 86_400),
      labels: others,
      errorRatio: { name: SLOTH_ERRORS, labels: { sloth_id: id } },
    };
  });
}
