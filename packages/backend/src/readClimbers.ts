import type { Knex } from 'knex';
import type { Climber } from './exampleClimbs';
import { IMPROVED } from './exampleHistory';

/** The components of the improving domain. */
export async function readClimbers(knex: Knex): Promise<Climber[]> {
  const rows: Array<Climber & { document: string }> = await knex(
    'scorecard_results as r',
  )
    .join('components as c', 'c.entity_ref', 'r.entity_ref')
    .where('r.scorecard_id', 'service-ownership-maturity')
    .whereIn(
      'r.entity_ref',
      knex('component_owners')
        .whereIn('owner_ref', [...IMPROVED.scopes])
        .select('entity_ref'),
    )
    .orderBy('r.entity_ref')
    .select('r.scorecard_id', 'r.entity_ref', 'r.bucket', 'r.score_order')
    .select('c.document');
  const owners: Array<{ entity_ref: string; owner_ref: string }> = await knex(
    'component_owners',
  )
    .orderBy('owner_ref')
    .select('entity_ref', 'owner_ref');
  return rows.map(({ document, ...row }) => ({
    ...row,
    owners: JSON.stringify(
      owners
        .filter(({ entity_ref }) => entity_ref === row.entity_ref)
        .map(({ owner_ref }) => owner_ref),
    ),
    runbook: triedRunbook(document),
  }));
}

function triedRunbook(document: string): Climber['runbook'] {
  const runbooks: Array<{
    title: string;
    covers?: string[];
    drilledAt?: string;
  }> = JSON.parse(document).contract.runbooks ?? [];
  const tried = runbooks.find(({ drilledAt }) => drilledAt);
  const [area] = tried?.covers ?? [];
  return tried && area ? { title: tried.title, area } : undefined;
}
