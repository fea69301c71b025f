import {
  measureValues,
  type Measurement,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import { breathe } from '../../drift/scan/breathe';
import { inSlices } from '../../drift/store/inSlices';
import { insertRows, insertSlices } from '../../drift/store/insertRows';

/** A row of `measurements`. */
interface MeasurementRow {
  entity_ref: string;
  measure: string;
  /** Empty where it is not money. */
  currency: string;
  period_start: string;
  period_end: string;
  source: string;
  value: number;
}

/** A row of `measure_values`. */
interface ValueRow {
  entity_ref: string;
  measure: string;
  currency: string;
  month: string;
  value: number;
}

const KEY = [
  'entity_ref',
  'measure',
  'period_start',
  'period_end',
  'source',
  'currency',
];

/**
 * Stores measurements. One replaces what the same source said of the same
 * component, measure and period, in whatever currency.
 */
export async function writeMeasurements(
  tx: Knex,
  measurements: readonly Measurement[],
): Promise<void> {
  // In one order, so that two pushes never wait for each other.
  const rows = measurements.map(toRow).sort(byKey);
  for (const slice of inSlices(rows)) {
    const kept = new Set(slice.map(row => keyOf(row)));
    const stored = await readPeriods(tx, slice);
    for (const row of stored.filter(one => !kept.has(keyOf(one)))) {
      const { value: _, ...key } = row;
      await tx('measurements').where(key).delete();
    }
    await insertRows(tx, 'measurements', slice)
      .onConflict(KEY)
      .merge(['value']);
  }
}

/**
 * Replaces all that a source said of cost in some months.
 *
 * @returns the components whose cost was there before
 */
export async function replaceCosts(
  tx: Knex,
  options: {
    source: string;
    /** Starts of the months, ISO 8601. */
    starts: readonly string[];
    measurements: readonly Measurement[];
  },
): Promise<string[]> {
  const { source, starts, measurements } = options;
  const before = tx('measurements').where({ source, measure: 'cost' });
  whereIn(before, 'period_start', starts);
  const refs: string[] = await before.clone().distinct().pluck('entity_ref');
  await before.delete();
  const rows = measurements.map(toRow).sort(byKey);
  for (const [index, slice] of insertSlices(tx, rows).entries()) {
    await breathe(index);
    await insertRows(tx, 'measurements', slice)
      .onConflict(KEY)
      .merge(['value']);
  }
  return refs;
}

/** Works out again what the measurements of components come to. */
export async function syncValues(
  tx: Knex,
  options: { entityRefs: readonly string[]; now: Date },
): Promise<void> {
  const { entityRefs, now } = options;
  for (const refs of inSlices([...entityRefs].sort())) {
    await breathe(49);
    const measurements = tx<MeasurementRow>('measurements');
    whereIn(measurements, 'entity_ref', refs);
    const stored = tx<ValueRow>('measure_values');
    whereIn(stored, 'entity_ref', refs);
    const byRef = new Map<string, Measurement[]>();
    for (const row of await measurements) {
      const list = byRef.get(row.entity_ref) ?? [];
      list.push(toMeasurement(row));
      byRef.set(row.entity_ref, list);
    }
    const before = new Map(
      (await stored).map(row => [valueKey(row), row] as const),
    );
    const changed: ValueRow[] = [];
    for (const [ref, own] of byRef) {
      for (const value of measureValues({ measurements: own, now })) {
        const row = {
          entity_ref: ref,
          measure: value.measure,
          currency: value.currency ?? '',
          month: value.month ?? '',
          value: value.value,
        };
        const key = valueKey(row);
        if (before.get(key)?.value !== row.value) {
          changed.push(row);
        }
        before.delete(key);
      }
    }
    for (const { value: _, ...key } of before.values()) {
      await tx('measure_values').where(key).delete();
    }
    for (const slice of insertSlices(tx, changed)) {
      await insertRows(tx, 'measure_values', slice)
        .onConflict(['entity_ref', 'measure', 'currency', 'month'])
        .merge(['value']);
    }
  }
}

/** The measurements of one component. */
export async function readMeasurements(
  knex: Knex,
  options: { entityRef: string; from: string },
): Promise<Measurement[]> {
  const rows = await knex<MeasurementRow>('measurements')
    .where('entity_ref', options.entityRef)
    .where('period_end', '>', options.from);
  return rows.map(toMeasurement);
}

async function readPeriods(
  tx: Knex,
  rows: readonly MeasurementRow[],
): Promise<MeasurementRow[]> {
  const periods = new Set(rows.map(periodOf));
  const query = tx<MeasurementRow>('measurements').whereNot('currency', '');
  whereIn(query, 'entity_ref', [...new Set(rows.map(row => row.entity_ref))]);
  whereIn(query, 'period_start', [
    ...new Set(rows.map(row => row.period_start)),
  ]);
  return (await query).filter(row => periods.has(periodOf(row)));
}

function periodOf(row: MeasurementRow): string {
  return [
    row.entity_ref,
    row.measure,
    row.period_start,
    row.period_end,
    row.source,
  ].join('\n');
}

function keyOf(row: MeasurementRow): string {
  return `${periodOf(row)}\n${row.currency}`;
}

function byKey(a: MeasurementRow, b: MeasurementRow): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function valueKey(row: ValueRow): string {
  return [row.entity_ref, row.measure, row.currency, row.month].join('\n');
}

function toRow(measurement: Measurement): MeasurementRow {
  return {
    entity_ref: measurement.entityRef,
    measure: measurement.measure,
    currency: measurement.currency ?? '',
    period_start: measurement.start,
    period_end: measurement.end,
    source: measurement.source,
    value: measurement.value,
  };
}

function toMeasurement(row: MeasurementRow): Measurement {
  return {
    entityRef: row.entity_ref,
    measure: row.measure as Measurement['measure'],
    value: row.value,
    ...(row.currency && { currency: row.currency }),
    start: row.period_start,
    end: row.period_end,
    source: row.source,
  };
}
