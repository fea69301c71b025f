import type {
  Exclusion,
  ExclusionRule,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { inSlices } from '../../drift/store/inSlices';
import { lockSlos } from './lockSlos';

/** An exclusion as it is kept. */
export interface StoredExclusion extends Exclusion {
  sloId: number;
  /** ISO 8601. */
  createdAt: string;
  createdBy: string;
  ended?: {
    /** ISO 8601. */
    at: string;
    by: string;
    reason: string;
    /** Whether the past counts again as well. */
    withdrawn: boolean;
  };
}

interface Row {
  id: string;
  slo_id: number;
  rule: string;
  reason: string;
  created_at: string;
  created_by: string;
  over_at: number | string | null;
  ended_at: string | null;
  ended_by: string | null;
  end_reason: string | null;
  withdrawn: boolean | number;
}

/** The exclusions of SLOs, the latest first, those that were ended among them. */
export async function readExclusions(
  knex: Knex,
  sloIds: readonly number[],
): Promise<Map<number, StoredExclusion[]>> {
  const exclusions = new Map<number, StoredExclusion[]>();
  for (const slice of inSlices([...sloIds])) {
    const rows: Row[] = await knex<Row>('slo_exclusions')
      .whereIn('slo_id', slice)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ]);
    for (const row of rows) {
      const group = exclusions.get(row.slo_id);
      if (group) {
        group.push(fromRow(row));
      } else {
        exclusions.set(row.slo_id, [fromRow(row)]);
      }
    }
  }
  return exclusions;
}

/**
 * Stores an exclusion and marks its SLO changed, unless the SLO has as many
 * that are not over as it may have.
 *
 * @param options - `overAt`: when the last of it is over, seconds since the
 * epoch
 * @returns false where there are too many
 */
export async function insertExclusion(options: {
  knex: Knex;
  exclusion: StoredExclusion;
  overAt?: number;
  now: Date;
  most: number;
}): Promise<boolean> {
  const { knex, exclusion, overAt, now, most } = options;
  return knex.transaction(async tx => {
    // Two that come at once are counted one after the other.
    await lockSlos(tx, [exclusion.sloId]);
    const [{ count }] = await tx('slo_exclusions')
      .where('slo_id', exclusion.sloId)
      .whereNull('ended_at')
      .where(open =>
        open
          .whereNull('over_at')
          .orWhere('over_at', '>', Math.floor(now.getTime() / 1000)),
      )
      .count({ count: '*' });
    if (Number(count) >= most) {
      return false;
    }
    await tx('slo_exclusions').insert({
      id: exclusion.id,
      slo_id: exclusion.sloId,
      rule: JSON.stringify(exclusion.rule),
      reason: exclusion.reason,
      created_at: exclusion.createdAt,
      created_by: exclusion.createdBy,
      over_at: overAt ?? null,
      withdrawn: false,
    });
    await touch(tx, exclusion.sloId);
    return true;
  });
}

/**
 * Ends an exclusion and marks its SLO changed.
 *
 * @returns false where it was ended before
 */
export async function endExclusion(options: {
  knex: Knex;
  id: string;
  sloId: number;
  ended: NonNullable<StoredExclusion['ended']>;
}): Promise<boolean> {
  const { knex, id, sloId, ended } = options;
  return knex.transaction(async tx => {
    await lockSlos(tx, [sloId]);
    const query = tx('slo_exclusions').where({ id, slo_id: sloId });
    // What was ended may still be withdrawn.
    if (ended.withdrawn) {
      query.where('withdrawn', false);
    } else {
      query.whereNull('ended_at');
    }
    const changed = await query.update({
      ended_at: ended.at,
      ended_by: ended.by,
      end_reason: ended.reason,
      withdrawn: ended.withdrawn,
    });
    if (changed > 0) {
      await touch(tx, sloId);
    }
    return changed > 0;
  });
}

async function touch(tx: Knex, sloId: number): Promise<void> {
  await tx('slos')
    .where('id', sloId)
    .update({ revision: tx.raw('revision + 1') });
}

function fromRow(row: Row): StoredExclusion {
  const withdrawn = Boolean(row.withdrawn);
  return {
    id: row.id,
    sloId: row.slo_id,
    rule: JSON.parse(row.rule) as ExclusionRule,
    reason: row.reason,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.ended_at !== null && {
      endedAt: withdrawn ? 0 : Date.parse(row.ended_at) / 1000,
      ended: {
        at: row.ended_at,
        by: row.ended_by ?? '',
        reason: row.end_reason ?? '',
        withdrawn,
      },
    }),
  };
}
