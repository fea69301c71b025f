import { ConflictError } from '@backstage/errors';
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { MAX_DRIFT_VIEWS } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { DriftViewRow } from './DriftViewRow';

/**
 * Adds a view, or writes one again.
 *
 * @throws ConflictError where its owner has another of the name, or has as
 *   many as one person may have
 */
export async function writeView(options: {
  knex: Knex;
  row: DriftViewRow;
  isNew: boolean;
}): Promise<void> {
  const { knex, row, isNew } = options;
  if (isNew) {
    const count = await knex('drift_views')
      .where('owner_ref', row.owner_ref)
      .count({ count: '*' })
      .first();
    if (Number(count?.count ?? 0) >= MAX_DRIFT_VIEWS) {
      throw new ConflictError(
        `You have ${MAX_DRIFT_VIEWS} views, which is the most there may be; delete one first`,
      );
    }
  }
  try {
    await (isNew
      ? knex<DriftViewRow>('drift_views').insert(row)
      : knex<DriftViewRow>('drift_views').where('id', row.id).update(row));
  } catch (error) {
    if (isDatabaseConflictError(error)) {
      throw new ConflictError(
        `name: there is a view ${JSON.stringify(
          row.name,
        )} already; take another name or change that one`,
      );
    }
    throw error;
  }
}
