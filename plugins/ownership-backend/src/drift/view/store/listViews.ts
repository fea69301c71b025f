import type { Knex } from 'knex';
import { columnText } from '../../store/columnText';
import type { DriftViewRow } from './DriftViewRow';

/** More than anybody reads in a menu. */
const MOST = 1000;

/**
 * The views a caller may choose from, their own first and then the shared
 * ones; with an id only that one.
 */
export async function listViews(options: {
  knex: Knex;
  caller: string;
  id?: string;
}): Promise<Array<DriftViewRow & { is_default: boolean }>> {
  const { knex, caller, id } = options;
  const rows: Array<DriftViewRow & { default_of: string | null }> =
    await visibleViews(knex, caller)
      .modify(
        query => id !== undefined && query.where('v.id', columnText(id, 36)),
      )
      .leftJoin('drift_default_views as d', join =>
        join.on('d.view_id', 'v.id').andOnVal('d.user_ref', caller),
      )
      .select('v.*', { default_of: 'd.user_ref' })
      .orderByRaw('CASE WHEN v.owner_ref = ? THEN 0 ELSE 1 END', [caller])
      .orderBy(['v.name', 'v.id'])
      .limit(MOST);
  return rows.map(({ default_of, ...row }) => ({
    ...row,
    is_default: default_of !== null,
  }));
}

function visibleViews(knex: Knex, caller: string): Knex.QueryBuilder {
  return knex('drift_views as v').where(either =>
    either.where('v.owner_ref', caller).orWhere('v.shared', true),
  );
}
