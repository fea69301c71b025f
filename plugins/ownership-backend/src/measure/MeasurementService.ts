import type { Readable } from 'node:stream';
import {
  checkMeasurement,
  CostTagIndex,
  pushedMeasurementSchema,
  type FocusResult,
  type Measurement,
  type MeasurementsResult,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../drift/store/columnText';
import { FocusImport } from './FocusImport';
import type { MeasureConfig } from './MeasureConfig';
import { readCostTerms } from './store/readCostTerms';
import { findComponents } from './store/findComponents';
import {
  replaceCosts,
  syncValues,
  writeMeasurements,
} from './store/writeMeasurements';

/**
 * Takes measurements and cost files.
 */
export class MeasurementService {
  readonly #knex: Knex;
  readonly #config: MeasureConfig;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    config: MeasureConfig;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#config = options.config;
    this.#now = options.now ?? (() => new Date());
  }

  /** Stores measurements; one that is wrong stops no other. */
  async push(pushed: readonly unknown[]): Promise<MeasurementsResult> {
    const now = this.#now();
    const rejected: MeasurementsResult['rejected'] = [];
    const checked: Array<{ index: number; measurement: Measurement }> = [];
    pushed.forEach((one, index) => {
      const shape = pushedMeasurementSchema.safeParse(one);
      const result = shape.success
        ? checkMeasurement({ measurement: shape.data, now })
        : {
            message: shape.error.issues
              .slice(0, 3)
              .map(({ path, message }) => `${path.join('.')}: ${message}`)
              .join('; '),
          };
      if ('message' in result) {
        rejected.push({ index, message: result.message });
      } else {
        checked.push({ index, measurement: result.measurement });
      }
    });
    const { known } = await findComponents(this.#knex, {
      refs: [...new Set(checked.map(one => one.measurement.entityRef))],
      names: [],
    });
    // What is told twice in one push counts as it was told last.
    const latest = new Map<string, Measurement>();
    let accepted = 0;
    for (const { index, measurement } of checked) {
      const { entityRef, measure, start, end, source } = measurement;
      if (known.has(entityRef)) {
        accepted += 1;
        latest.set(
          [entityRef, measure, start, end, source, measurement.currency].join(
            '\n',
          ),
          measurement,
        );
      } else {
        rejected.push({
          index,
          message: `${entityRef} is not among the components of the last scan`,
        });
      }
    }
    const measurements = [...latest.values()];
    if (measurements.length > 0) {
      await this.#knex.transaction(async tx => {
        await writeMeasurements(tx, measurements);
        await syncValues(tx, {
          entityRefs: [...new Set(measurements.map(one => one.entityRef))],
          now,
        });
      });
    }
    return { accepted, rejected: rejected.sort((a, b) => a.index - b.index) };
  }

  /**
   * Imports a FOCUS cost file as it comes in. Nothing is written before all of
   * it was read, and then all at once.
   *
   * @throws InputError where it is no FOCUS file
   */
  async importFocus(options: {
    stream: Readable;
    source?: string;
    cost?: 'effective' | 'billed';
  }): Promise<FocusResult> {
    const now = this.#now();
    const source = columnText(options.source ?? 'focus', 200);
    const file = new FocusImport({
      index: new CostTagIndex({
        terms: await readCostTerms(this.#knex),
        centerTags: this.#config.costCenterTags,
      }),
      cost: options.cost ?? 'effective',
      now,
    });
    await file.read(options.stream);
    const measurements = file.measurements(source);
    await this.#knex.transaction(async tx => {
      const before = await replaceCosts(tx, {
        source,
        starts: file.monthStarts,
        measurements,
      });
      const entityRefs = new Set(before);
      measurements.forEach(({ entityRef }) => entityRefs.add(entityRef));
      await syncValues(tx, { entityRefs: [...entityRefs], now });
    });
    return file.result();
  }
}
