import {
  monthsOf,
  type EntityMeasures,
  type MeasuredQuery,
  type MeasureRollup,
  type MeasureTotals,
  type SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countHidden } from '../api/countHidden';
import type { VisibleRefs } from '../api/Visibility';
import type { MeasureConfig } from './MeasureConfig';
import {
  toDeployment,
  toIncident,
  type DeploymentRow,
  type IncidentRow,
} from './store/DeliveryRow';
import { listMeasured } from './store/listMeasured';
import { readRollup } from './store/readRollup';
import { readTotals } from './store/readTotals';
import { readMeasurements } from './store/writeMeasurements';
import { toEntityMeasures } from './toEntityMeasures';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const SHOWN = 50;

/**
 * What deployments, incidents and measurements come to.
 */
export class MeasureReport {
  readonly #knex: Knex;
  readonly #config: MeasureConfig;
  readonly #statuses: (entityRef: string) => Promise<SloStatus[]>;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    config: MeasureConfig;
    /** The SLO statuses of a component. */
    statuses(entityRef: string): Promise<SloStatus[]>;
    now?: () => Date;
  }) {
    this.#knex = options.knex;
    this.#config = options.config;
    this.#statuses = options.statuses;
    this.#now = options.now ?? (() => new Date());
  }

  /** The measures of one component, in five statements. */
  async entity(options: {
    entityRef: string;
    days?: number;
  }): Promise<EntityMeasures> {
    const { entityRef } = options;
    const knex = this.#knex;
    const now = this.#now();
    const from = this.#from(now, options.days);
    const windowSeconds = this.#config.failureWindowSeconds;
    // What came before the period may be what something in it is laid to.
    const before = new Date(
      Date.parse(from) - windowSeconds * 1000,
    ).toISOString();
    const [deployments, incidents, measurements, terms, statuses] =
      await Promise.all([
        knex<DeploymentRow>('deployments')
          .where('entity_ref', entityRef)
          .where('at', '>=', before)
          .orderBy('at', 'desc'),
        knex<IncidentRow>('incidents')
          .where('entity_ref', entityRef)
          .where(query =>
            query.where('began_at', '>=', before).orWhereNull('resolved_at'),
          )
          .orderBy('began_at', 'desc'),
        readMeasurements(knex, {
          entityRef,
          from: new Date(now.getTime() - 400 * DAY_MS).toISOString(),
        }),
        knex('cost_terms').where('entity_ref', entityRef).first(),
        this.#statuses(entityRef),
      ]);
    const budget =
      terms && terms.budget_amount !== null
        ? { amount: terms.budget_amount, currency: terms.budget_currency }
        : undefined;
    return {
      entityRef,
      period: { from, to: now.toISOString() },
      failureWindowSeconds: windowSeconds,
      ...toEntityMeasures({
        statuses,
        deployments: deployments.filter(row => row.counts).map(toDeployment),
        incidents: incidents.filter(row => row.counts).map(toIncident),
        measurements,
        budget,
        from,
        now,
        windowSeconds,
      }),
      deployments: deployments
        .filter(row => row.at >= from)
        .slice(0, SHOWN)
        .map(row => {
          const { id: _, ...deployment } = toDeployment(row);
          return {
            ...deployment,
            ...(row.failure && { failure: row.failure }),
            counts: Boolean(row.counts),
          };
        }),
      incidents: incidents
        .filter(row => row.began_at >= from || row.resolved_at === null)
        .slice(0, SHOWN)
        .map(row => {
          const { id: _, entityRef: __, ...incident } = toIncident(row);
          return { ...incident, counts: Boolean(row.counts) };
        }),
    };
  }

  /** The components behind a measure, in three statements. */
  async list(options: { query: MeasuredQuery; visible: VisibleRefs }) {
    const now = this.#now();
    return listMeasured(this.#knex, {
      ...options,
      from: this.#from(now, options.query.days),
      month: monthsOf(now).last,
    });
  }

  /** The measures of every team, in five statements. */
  async rollup(options: {
    team?: string;
    days?: number;
    visible: VisibleRefs;
  }): Promise<MeasureRollup> {
    const now = this.#now();
    const from = this.#from(now, options.days);
    const month = monthsOf(now).last;
    return {
      period: { from, to: now.toISOString() },
      month,
      items: await readRollup(this.#knex, { ...options, from, month }),
      hidden: await countHidden(this.#knex, options),
    };
  }

  /** Cost, deployments and incidents of a part, in one statement. */
  async totals(options: {
    team?: string;
    days?: number;
    visible: VisibleRefs;
  }): Promise<MeasureTotals> {
    const now = this.#now();
    return readTotals(this.#knex, {
      ...options,
      from: this.#from(now, options.days),
      month: monthsOf(now).last,
    });
  }

  #from(now: Date, days = DEFAULT_DAYS): string {
    return new Date(now.getTime() - days * DAY_MS).toISOString();
  }
}
