import { createHash } from 'node:crypto';
import {
  levelBucket,
  type EvaluatedScorecard,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { breathe } from '../drift/scan/breathe';
import { whereIn } from '../api/whereVisible';
import { insertRows, insertSlices } from '../drift/store/insertRows';
import type { Standing } from './history/ResultChange';
import { storeChanges } from './history/storeChanges';
import { insertResults } from './insertResults';

/**
 * Writes the results that differ from what is stored, what fails in them, and
 * into the history of the day what changed.
 *
 * @returns how many results were written
 */
export async function storeResults(
  knex: Knex,
  options: {
    scorecard: Scorecard;
    results: Array<{ entityRef: string; result: EvaluatedScorecard }>;
    /** `2026-11-21`, in UTC. */
    day: string;
  },
): Promise<{ written: number }> {
  const { scorecard, results, day } = options;
  const rows: Array<ReturnType<typeof toRow>> = [];
  for (const [index, { entityRef, result }] of results.entries()) {
    await breathe(index);
    rows.push(toRow(scorecard, entityRef, result));
  }
  const query = knex('scorecard_results')
    .where('scorecard_id', scorecard.id)
    .select('entity_ref', 'fingerprint');
  whereIn(
    query,
    'entity_ref',
    rows.map(row => row.entity_ref),
  );
  const stored = new Map(
    (await query).map((row: { entity_ref: string; fingerprint: string }) => [
      row.entity_ref,
      row.fingerprint,
    ]),
  );
  const changed = rows.filter(
    row => stored.get(row.entity_ref) !== row.fingerprint,
  );
  if (changed.length === 0) {
    return { written: 0 };
  }

  const changedRefs = new Set(changed.map(row => row.entity_ref));
  const gaps = results
    .filter(({ entityRef }) => changedRefs.has(entityRef))
    .flatMap(({ entityRef, result }) => toGaps(scorecard, entityRef, result));
  await knex.transaction(async tx => {
    const known = [...changedRefs].filter(ref => stored.has(ref));
    const before = await lockStandings(tx, scorecard.id, known);
    await insertResults(tx, changed);
    await storeChanges(tx, {
      scorecardId: scorecard.id,
      day,
      changes: changed.map(row => ({
        entityRef: row.entity_ref,
        from: before.get(row.entity_ref),
        to: toStanding(row),
      })),
    });
    if (known.length > 0) {
      const old = tx('scorecard_gaps').where('scorecard_id', scorecard.id);
      whereIn(old, 'entity_ref', known);
      await old.delete();
    }
    for (const slice of insertSlices(tx, gaps)) {
      await insertRows(tx, 'scorecard_gaps', slice)
        .onConflict(['scorecard_id', 'rule_id', 'entity_ref'])
        .merge(Object.keys(slice[0]));
    }
  });
  return { written: changed.length };
}

/**
 * Where components stand as stored. Locks them: a replica that writes the same
 * meanwhile is waited for, so that its change is not told a second time.
 */
export async function lockStandings(
  knex: Knex.Transaction,
  scorecardId: string,
  entityRefs: string[],
): Promise<Map<string, Standing>> {
  if (entityRefs.length === 0) {
    return new Map();
  }
  const query = knex('scorecard_results')
    .where('scorecard_id', scorecardId)
    .select('entity_ref', 'bucket', 'score_order', 'rules')
    .orderBy('entity_ref')
    .forUpdate();
  whereIn(query, 'entity_ref', entityRefs);
  return new Map((await query).map(row => [row.entity_ref, toStanding(row)]));
}

function toStanding(row: {
  bucket: string;
  score_order: number;
  rules: string;
}): Standing {
  return {
    bucket: row.bucket,
    score: row.score_order,
    rules: row.rules,
  };
}

// Components that stand alike share their result, so its columns too.
const columns = new WeakMap<EvaluatedScorecard, ReturnType<typeof toColumns>>();

function toRow(
  scorecard: Scorecard,
  entityRef: string,
  result: EvaluatedScorecard,
) {
  let content = columns.get(result);
  if (!content) {
    content = toColumns(scorecard, result);
    columns.set(result, content);
  }
  return { ...content, entity_ref: entityRef };
}

function toColumns(scorecard: Scorecard, result: EvaluatedScorecard) {
  const bucket = levelBucket(result);
  const content = {
    scorecard_id: scorecard.id,
    bucket,
    bucket_rank: bucketRank(scorecard, bucket),
    next_level: result.nextLevel ?? null,
    missing: JSON.stringify(result.missing),
    unknown: JSON.stringify(result.unknown),
    score: result.score,
    score_order: Math.round(result.score * 10_000),
    known: result.rules.filter(rule => rule.status !== 'unknown').length,
    total: result.rules.length,
    rules: JSON.stringify(
      Object.fromEntries(result.rules.map(r => [r.ruleId, r.status])),
    ),
  };
  return {
    ...content,
    fingerprint: createHash('sha1')
      .update(JSON.stringify([content, result.soleObstacle]))
      .digest('hex'),
  };
}

function bucketRank(scorecard: Scorecard, bucket: string): number {
  return [
    'none',
    'unknown',
    ...scorecard.levels.map(level => level.id),
  ].indexOf(bucket);
}

function toGaps(
  scorecard: Scorecard,
  entityRef: string,
  result: EvaluatedScorecard,
) {
  return result.rules
    .filter(rule => rule.status === 'fail')
    .map(rule => ({
      scorecard_id: scorecard.id,
      rule_id: rule.ruleId,
      entity_ref: entityRef,
      lifts: result.soleObstacle === rule.ruleId,
    }));
}
