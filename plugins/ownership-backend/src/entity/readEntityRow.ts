import type { Knex } from 'knex';
import type { OnCallColumns } from '../directory/OnCallAnswer';
import type { ComponentRow } from '../drift/store/ComponentRow';
import type { ResultRow } from '../scorecard/listResults';

/**
 * A component with all that hangs on it once.
 */
export interface EntityRow extends ComponentRow, OnCallColumns {
  attested_at: string | null;
  attested_by: string | null;
  attested_by_title: string | null;
  /** Start of the last scan that looked at everything. */
  scanned_at: string | null;
  scorecards: ResultRow[];
}

const RESULT_COLUMNS = [
  'scorecard_id',
  'entity_ref',
  'bucket',
  'next_level',
  'missing',
  'unknown',
  'score',
  'rules',
];

/**
 * Reads what there is once for a component in one statement: its row, the
 * latest attestation, who is on call and its scorecard results.
 */
export async function readEntityRow(
  knex: Knex,
  entityRef: string,
): Promise<EntityRow | undefined> {
  const [row] = await knex('components as c')
    .leftJoin('attestations as a', join =>
      join.on(
        'a.id',
        knex.raw(`(SELECT latest.id FROM attestations latest
          WHERE latest.entity_ref = c.entity_ref
          ORDER BY latest.attested_at DESC, latest.id DESC LIMIT 1)`),
      ),
    )
    .leftJoin('directory_principals as p', 'p.ref', 'a.attested_by')
    .leftJoin('on_call_rotations as r', 'r.entity_ref', 'c.entity_ref')
    .leftJoin('on_call_shifts as s', join =>
      join.on('s.provider', 'r.provider').on('s.ref', 'r.ref'),
    )
    .where('c.entity_ref', entityRef)
    .select(
      'c.*',
      'a.attested_at',
      'a.attested_by',
      'p.title as attested_by_title',
      'r.people as rotation_people',
      's.people as shift_people',
      's.until as shift_until',
      's.url as shift_url',
      's.unknown_reason as shift_unknown_reason',
      knex.raw(
        `(SELECT max(started_at) FROM scans WHERE state = 'completed') AS scanned_at`,
      ),
      knex.raw(`(${resultsAsJson(knex)}) AS scorecards`),
    );
  return row && { ...row, scorecards: JSON.parse(row.scorecards ?? '[]') };
}

function resultsAsJson(knex: Knex): string {
  const fields = RESULT_COLUMNS.map(column => `'${column}', q.${column}`);
  const from = `FROM scorecard_results q WHERE q.entity_ref = c.entity_ref`;
  return knex.client.config.client === 'pg'
    ? `SELECT json_agg(json_build_object(${fields}))::text ${from}`
    : `SELECT json_group_array(json_object(${fields})) ${from}`;
}
