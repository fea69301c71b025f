import { normalizeRef } from '../directory';
import { plainText } from '../drift/plainText';
import { eventMoment } from './eventMoment';
import { findMeasure, measureCatalogue } from './measureCatalogue';
import type { MeasureId } from './measureCatalogue';
import type { PushedMeasurement } from './schema';

const DAY_MS = 86_400_000;

/**
 * A measurement that may be stored.
 *
 * @public
 */
export interface Measurement {
  /** Canonical ref of the component. */
  entityRef: string;
  /** What was measured. */
  measure: MeasureId;
  /** In the unit of the measure. */
  value: number;
  /** ISO 4217 code; only for money. */
  currency?: string;
  /** Start of the period, ISO 8601 in UTC. */
  start: string;
  /** End of the period, ISO 8601 in UTC. */
  end: string;
  /** Who measured it. */
  source: string;
}

/**
 * Checks a pushed measurement. `message` says what is wrong and what is
 * accepted.
 *
 * @public
 */
export function checkMeasurement(options: {
  measurement: PushedMeasurement;
  now: Date;
}): { measurement: Measurement } | { message: string } {
  const { measurement, now } = options;
  const entityRef = normalizeRef(measurement.entityRef, { kind: 'component' });
  if (!entityRef) {
    return { message: 'entityRef must be an entity ref: kind:namespace/name' };
  }
  const measure = findMeasure(measurement.measure);
  if (!measure) {
    return {
      message: `there is no measure ${plainText(measurement.measure, {
        max: 60,
      })}; pushed are ${pushedIds().join(', ')}`,
    };
  }
  if (measure.origin !== 'measurements') {
    return {
      message: `${measure.id} is worked out from ${
        measure.origin === 'slo' ? 'SLOs' : 'deployments and incidents'
      } and cannot be pushed; pushed are ${pushedIds().join(', ')}`,
    };
  }
  if (measurement.unit !== measure.unit) {
    return {
      message: `unit of ${measure.id} must be ${measure.unit}, got ${plainText(
        measurement.unit,
        { max: 60 },
      )}`,
    };
  }
  const { value } = measurement;
  const most = measure.unit === 'ratio' ? 1 : 1e15;
  if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
    return {
      message: `value of ${measure.id} must be a number from 0 to ${most}, got ${value}`,
    };
  }
  if (measure.unit === 'findings' && !Number.isInteger(value)) {
    return { message: `value of ${measure.id} must be a whole number` };
  }
  const isMoney = measure.unit.startsWith('money');
  const { currency } = measurement;
  if (isMoney !== (currency !== undefined)) {
    return {
      message: isMoney
        ? `${measure.id} needs a currency such as EUR`
        : `${measure.id} has no currency`,
    };
  }
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    return {
      message: `currency must be an ISO 4217 code such as EUR, got ${plainText(
        currency,
        { max: 20 },
      )}`,
    };
  }
  const period = checkPeriod(measurement.period, now);
  if ('message' in period) {
    return period;
  }
  const source = plainText(measurement.source, { max: 200 });
  if (!source) {
    return { message: 'source must say who measured it' };
  }
  return {
    measurement: {
      entityRef,
      measure: measure.id as MeasureId,
      value,
      ...(currency !== undefined && { currency }),
      ...period,
      source,
    },
  };
}

function checkPeriod(
  period: PushedMeasurement['period'],
  now: Date,
): { start: string; end: string } | { message: string } {
  const start = eventMoment({ text: period.start, now, name: 'period.start' });
  // A day may have ended where it was measured and not yet here.
  const end = eventMoment({
    text: period.end,
    now: new Date(now.getTime() + DAY_MS),
    name: 'period.end',
  });
  if ('invalid' in start) {
    return { message: start.invalid };
  }
  if ('invalid' in end) {
    return {
      message: end.invalid.includes('future')
        ? 'period.end is in the future; for a period that still runs, end it now'
        : end.invalid,
    };
  }
  if (start.at >= end.at) {
    return { message: 'period.start must be before period.end' };
  }
  return { start: start.at, end: end.at };
}

function pushedIds(): string[] {
  return measureCatalogue
    .filter(({ origin }) => origin === 'measurements')
    .map(({ id }) => id);
}
