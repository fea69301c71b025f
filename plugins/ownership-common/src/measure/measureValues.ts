import type { Measurement } from './checkMeasurement';
import { findMeasure } from './measureCatalogue';

/**
 * What measurements of one component come to: what adds up by calendar month
 * (UTC), everything else as it was measured last.
 *
 * @public
 */
export interface MeasureValue {
  /** The measure. */
  measure: string;
  /** ISO 4217 code; only for money. */
  currency?: string;
  /** `2026-10`; absent for what does not add up. */
  month?: string;
  /** In the unit of the measure. */
  value: number;
  /** Start of what it covers, ISO 8601 in UTC. */
  start: string;
  /** End of what it covers, ISO 8601 in UTC. */
  end: string;
  /** Share of the month, as far as it has passed, that was measured; 0..1. */
  coverage: number;
  /** Who measured, each once. */
  sources: string[];
}

/**
 * Adds up the measurements of one component.
 *
 * Laws: currencies are never added up. A period that lies in two months is
 * divided by time, and the parts add up to the whole. Sources of something
 * that adds up are added, each tells of its own part; of something that does
 * not, the one that measured last counts.
 *
 * @public
 */
export function measureValues(options: {
  measurements: readonly Measurement[];
  now: Date;
}): MeasureValue[] {
  const { measurements, now } = options;
  const groups = new Map<string, Part[]>();
  const latest = new Map<string, Measurement>();
  for (const measurement of measurements) {
    const { measure, currency = '' } = measurement;
    if (isSummed(measure)) {
      for (const part of byMonth(measurement)) {
        const key = `${measure} ${currency} ${part.month}`;
        const group = groups.get(key);
        if (group) {
          group.push(part);
        } else {
          groups.set(key, [part]);
        }
      }
    } else {
      const before = latest.get(measure);
      if (!before || orderOf(before) < orderOf(measurement)) {
        latest.set(measure, measurement);
      }
    }
  }
  return [
    ...[...groups.values()].map(parts => addUp(parts, now)),
    ...[...latest.values()].map(
      ({ measure, currency, value, start, end, source }) => ({
        measure,
        currency,
        value,
        start,
        end,
        coverage: 1,
        sources: [source],
      }),
    ),
  ];
}

/**
 * Whether values of a measure add up over time, as cost and hours do.
 *
 * @public
 */
export function isSummed(measure: string): boolean {
  const unit = findMeasure(measure)?.unit;
  return unit === 'money' || unit === 'hours';
}

/**
 * The calendar month (UTC) of a moment, and the one before it: `2026-11`.
 *
 * @public
 */
export function monthsOf(now: Date): { current: string; last: string } {
  const before = new Date(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1),
  );
  return {
    current: now.toISOString().slice(0, 7),
    last: before.toISOString().slice(0, 7),
  };
}

/**
 * Start and end of a month `2026-10`, ISO 8601 in UTC.
 *
 * @public
 */
export function boundsOfMonth(month: string): { start: string; end: string } {
  const [year, number] = month.split('-').map(Number);
  return {
    start: new Date(Date.UTC(year, number - 1, 1)).toISOString(),
    end: new Date(Date.UTC(year, number, 1)).toISOString(),
  };
}

interface Part {
  month: string;
  measurement: Measurement;
  value: number;
  start: string;
  end: string;
}

function byMonth(measurement: Measurement): Part[] {
  const { start, end, value } = measurement;
  const length = Date.parse(end) - Date.parse(start);
  const parts: Part[] = [];
  let at = start;
  while (at < end) {
    const month = at.slice(0, 7);
    const monthEnd = boundsOfMonth(month).end;
    const partEnd = monthEnd < end ? monthEnd : end;
    const share = (Date.parse(partEnd) - Date.parse(at)) / length;
    parts.push({
      month,
      measurement,
      value: value * share,
      start: at,
      end: partEnd,
    });
    at = partEnd;
  }
  return parts;
}

function addUp(parts: Part[], now: Date): MeasureValue {
  const [{ month, measurement }] = parts;
  const bounds = boundsOfMonth(month);
  const clock = now.toISOString();
  const passedEnd = bounds.end < clock ? bounds.end : clock;
  const sorted = [...parts].sort((a, b) => (a.start < b.start ? -1 : 1));
  const ends = parts.map(({ end }) => end).sort();
  let covered = 0;
  let upTo = Date.parse(bounds.start);
  for (const { start, end } of sorted) {
    const from = Math.max(upTo, Date.parse(start));
    const to = Math.min(Date.parse(end), Date.parse(passedEnd));
    covered += Math.max(0, to - from);
    upTo = Math.max(upTo, to);
  }
  const passed = Date.parse(passedEnd) - Date.parse(bounds.start);
  return {
    measure: measurement.measure,
    currency: measurement.currency,
    month,
    value: parts.reduce((sum, part) => sum + part.value, 0),
    start: sorted[0].start,
    end: ends[ends.length - 1],
    coverage: passed > 0 ? Math.min(1, covered / passed) : 1,
    sources: [...new Set(parts.map(part => part.measurement.source))].sort(),
  };
}

// Equal periods of two sources: any order will do, as long as it is one.
function orderOf({ end, start, source, currency = '' }: Measurement): string {
  return `${end} ${start} ${source} ${currency}`;
}
