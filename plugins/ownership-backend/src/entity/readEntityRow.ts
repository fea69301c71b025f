import type { Knex } from 'knex';
import type { OnCallColumns } from '../directory/OnCallAnswer';
import type { ComponentRow } from '../drift/store/ComponentRow';
import type { LevelChange } from '../scorecard/history/lastMove';
import { openHandoverAsJson } from '../handover/store/openHandoverAsJson';
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
  /** JSON of its open handover; null where there is none. */
  handover: string | null;
  /** The days on which it came to another level of a scorecard. */
  level_changes: LevelChange[];
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

const CHANGE_COLUMNS = [
  'scorecard_id',
  'day',
  'from_bucket',
  'bucket',
  'flips',
];

/**
 * Reads what there is once for a component in one statement: its row, the
 * latest attestation, who is on call, its scorecard results and when its
 * levels changed.
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
      knex.raw(`(${openHandoverAsJson(knex)}) AS handover`),
      knex.raw(`(${levelChangesAsJson(knex)}) AS level_changes`),
    );
  return (
    row && {
      ...row,
      scorecards: JSON.parse(row.scorecards ?? '[]'),
      level_changes: JSON.parse(row.level_changes ?? '[]'),
    }
  );
}

function resultsAsJson(knex: Knex): string {
  return asJson(
    knex,
    RESULT_COLUMNS,
    'FROM scorecard_results q WHERE q.entity_ref = c.entity_ref',
  );
}

function levelChangesAsJson(knex: Knex): string {
  return asJson(
    knex,
    CHANGE_COLUMNS,
    `FROM scorecard_changes q WHERE q.entity_ref = c.entity_ref
      AND (q.bucket IS NULL OR q.from_bucket IS NULL OR q.bucket <> q.from_bucket)`,
  );
}

function asJson(knex: Knex, columns: string[], from: string): string {
  const fields = columns.map(column => `'${column}', q.${column}`);
  return knex.client.config.client === 'pg'
    ? `SELECT json_agg(json_build_object(${fields}))::text ${from}`
    : `SELECT json_group_array(json_object(${fields})) ${from}`;
}
