import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { columnText } from '../../drift/store/columnText';
import { inSlices } from '../../drift/store/inSlices';
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
}

/**
 * Writes the statuses that changed and notes what they were worked out from.
 * One that was worked out from an older revision than the stored one is left
 * out: another replica was faster.
 */
export async function writeStatuses(options: {
  knex: Knex;
  evaluated: EvaluatedSlo[];
}): Promise<void> {
  const { knex, evaluated } = options;
  for (const slice of inSlices(evaluated)) {
    await knex.transaction(async tx => {
      await lockSlos(
        tx,
        slice.map(({ id }) => id),
      );
      const source = rowSource({
        knex: tx,
        columns: { id: 'integer', revision: 'integer', due_at: 'integer' },
        rows: slice.map(({ id, revision, dueAt }) => [
          id,
          revision,
          dueAt ?? 0,
        ]),
        as: 'done',
      });
      const current = await tx.raw(
        `update slos set
           evaluated_revision = done.revision,
           due_at = case when done.due_at > 0 then done.due_at end
         from ?
         where slos.id = done.id and slos.removed_at is null
           and slos.evaluated_revision <= done.revision
         returning slos.id as id`,
        [source],
      );
      const ids = new Set(
        (Array.isArray(current) ? current : current.rows).map(
          (row: { id: number | string }) => Number(row.id),
        ),
      );
      const rows = slice.flatMap(({ status, ...slo }) =>
        status && ids.has(slo.id) ? [toRow(slo, status)] : [],
      );
      if (rows.length > 0) {
        await tx('slo_statuses').insert(rows).onConflict('slo_id').merge();
      }
    });
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
  };
}

function toOrder(value: number): number {
  const limit = UNKNOWN_ORDER - 1;
  return Math.max(-limit, Math.min(limit, Math.round(value)));
}
