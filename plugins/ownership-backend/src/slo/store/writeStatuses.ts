import type {
  BudgetCrossing,
  SloMemberPart,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../../drift/store/columnText';
import { inSlices } from '../../drift/store/inSlices';
import { writeAlerts } from '../alert/store/writeAlerts';
import type { SloAlerts } from '../alert/store/writeAlerts';
import { lockSlos } from './lockSlos';
import { rowSource } from './rowSource';

/** The place of an SLO without a remaining budget: behind all others. */
const UNKNOWN_ORDER = 2_000_000_000;

/** A status with what it was worked out from. */
export interface EvaluatedSlo {
  id: number;
  /** Absent where it is the one that is stored. */
  status?: SloStatus;
  revision: number;
  /** When time alone changes it, seconds since the epoch. */
  dueAt?: number;
  lastDataEnd?: number;
  sparklineHour?: number;
  /** How many evaluations had been written before. */
  evaluations: number;
  /** Of a composite: the part of each member. */
  members?: SloMemberPart[];
  /** Absent where the alerts are those that are stored. */
  alerts?: Omit<SloAlerts, 'sloId'>;
  /** Absent where they are those that are stored. */
  crossings?: BudgetCrossing[];
}

/**
 * Writes the statuses that changed, with their alerts and whom to tell, and
 * notes what they were worked out from. An SLO that was evaluated by somebody
 * else meanwhile is left out: of two evaluations that begin at the same state
 * one is written, so that an alert fires once.
 *
 * @returns ids of the SLOs that were left out
 */
export async function writeStatuses(options: {
  knex: Knex;
  evaluated: EvaluatedSlo[];
  now: Date;
}): Promise<number[]> {
  const { knex, evaluated, now } = options;
  const lost: number[] = [];
  for (const slice of inSlices(evaluated)) {
    await knex.transaction(async tx => {
      await lockSlos(
        tx,
        slice.map(({ id }) => id),
      );
      const source = rowSource({
        knex: tx,
        columns: {
          id: 'integer',
          revision: 'integer',
          due_at: 'integer',
          evaluations: 'integer',
        },
        rows: slice.map(({ id, revision, dueAt, evaluations }) => [
          id,
          revision,
          dueAt ?? 0,
          evaluations,
        ]),
        as: 'done',
      });
      const current = await tx.raw(
        `update slos set
           evaluated_revision = done.revision,
           evaluations = slos.evaluations + 1,
           due_at = case when done.due_at > 0 then done.due_at end
         from ?
         where slos.id = done.id and slos.removed_at is null
           and slos.evaluations = done.evaluations
         returning slos.id as id`,
        [source],
      );
      const ids = new Set(
        (Array.isArray(current) ? current : current.rows).map(
          (row: { id: number | string }) => Number(row.id),
        ),
      );
      const won = slice.filter(({ id }) => ids.has(id));
      lost.push(...slice.flatMap(({ id }) => (ids.has(id) ? [] : [id])));
      const rows = won.flatMap(({ status, ...slo }) =>
        status ? [toRow(slo, status)] : [],
      );
      if (rows.length > 0) {
        await tx('slo_statuses').insert(rows).onConflict('slo_id').merge();
      }
      await writeAlerts(tx, {
        alerts: won.flatMap(({ id, alerts }) =>
          alerts ? [{ ...alerts, sloId: id }] : [],
        ),
        now,
      });
      await writeCrossings(tx, won);
    });
  }
  return lost;
}

async function writeCrossings(tx: Knex, slos: EvaluatedSlo[]): Promise<void> {
  const rows = slos.flatMap(({ id, crossings }) =>
    crossings ? [{ slo_id: id, crossings: JSON.stringify(crossings) }] : [],
  );
  if (rows.length > 0) {
    await tx('slo_budget_crossings').insert(rows).onConflict('slo_id').merge();
  }
}

function toRow(slo: EvaluatedSlo, status: SloStatus) {
  const remaining = status.budget?.remaining;
  const burn =
    status.burnRates.find(rate => rate.windowSeconds === 3600)?.burnRate ?? 0;
  return {
    slo_id: slo.id,
    entity_ref: status.entityRef,
    slo: status.slo,
    state: status.state,
    remaining: remaining ?? null,
    remaining_order:
      remaining === undefined ? UNKNOWN_ORDER : toOrder(remaining * 1e6),
    burn_order: toOrder(-burn * 1000),
    last_data_end: slo.lastDataEnd ?? 0,
    search: columnText(
      `${status.entityRef} ${status.slo} ${status.title}`,
      1000,
    ).toLocaleLowerCase('en-US'),
    status: JSON.stringify(status),
    sparkline_hour: slo.sparklineHour ?? null,
    members: slo.members ? JSON.stringify(slo.members) : null,
  };
}

function toOrder(value: number): number {
  const limit = UNKNOWN_ORDER - 1;
  return Math.max(-limit, Math.min(limit, Math.round(value)));
}
