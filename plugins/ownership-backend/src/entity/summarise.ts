import {
  severitySchema,
  type EntitySummary,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import type { ComponentRow } from '../drift/store/ComponentRow';
import { readOwnerRefs } from '../drift/store/readOwnerRefs';

/**
 * The columns of a component that a summary starts from.
 */
export type SummarySource = Pick<
  ComponentRow,
  'entity_ref' | 'title' | 'kind' | 'tier' | 'lifecycle' | 'state'
>;

/**
 * Components in short form, in the order given: four statements, whatever
 * their number.
 *
 * @param options - `scorecardId`: the scorecard whose level is shown
 */
export async function summarise(
  knex: Knex,
  options: { rows: SummarySource[]; scorecardId?: string },
): Promise<EntitySummary[]> {
  const { rows, scorecardId } = options;
  const refs = rows.map(row => row.entity_ref);
  if (refs.length === 0) {
    return [];
  }
  const [owners, findings, levels, slos] = await Promise.all([
    readOwnerRefs({ knex, entityRefs: refs }),
    countFindings(knex, refs),
    readLevels(knex, { refs, scorecardId }),
    readWorstSlos(knex, refs),
  ]);
  return rows.map(row => {
    const open = findings.get(row.entity_ref);
    return {
      entityRef: row.entity_ref,
      title: row.title ?? undefined,
      kind: row.kind,
      tier: row.tier ?? undefined,
      lifecycle: row.lifecycle ?? undefined,
      state: row.state,
      ownerRefs: owners.get(row.entity_ref) ?? [],
      openFindings: open?.count ?? 0,
      worstSeverity: open && severitySchema.options[open.worst],
      level: levels.get(row.entity_ref),
      worstSlo: slos.get(row.entity_ref),
    };
  });
}

async function countFindings(knex: Knex, refs: string[]) {
  const query = knex('findings')
    .whereIn('state', ['open', 'acknowledged'])
    .groupBy('entity_ref')
    .select(
      'entity_ref',
      knex.raw('count(*) as open'),
      knex.raw('min(severity_rank) as worst'),
    );
  whereIn(query, 'entity_ref', refs);
  return new Map<string, { count: number; worst: number }>(
    (await query).map(row => [
      row.entity_ref,
      { count: Number(row.open), worst: Number(row.worst) },
    ]),
  );
}

async function readLevels(
  knex: Knex,
  options: { refs: string[]; scorecardId?: string },
): Promise<Map<string, string>> {
  if (!options.scorecardId) {
    return new Map();
  }
  const query = knex('scorecard_results')
    .where('scorecard_id', options.scorecardId)
    .whereNotIn('bucket', ['none', 'unknown'])
    .select('entity_ref', 'bucket');
  whereIn(query, 'entity_ref', options.refs);
  return new Map((await query).map(row => [row.entity_ref, row.bucket]));
}

/** The SLO of each component with the least budget left; one without data only where there is no other. */
async function readWorstSlos(knex: Knex, refs: string[]) {
  const query = knex('slo_statuses')
    .select('entity_ref', 'slo', 'state', 'remaining')
    .orderBy('slo');
  whereIn(query, 'entity_ref', refs);
  const worst = new Map<string, NonNullable<EntitySummary['worstSlo']>>();
  for (const row of await query) {
    const before = worst.get(row.entity_ref);
    const remaining: number | undefined = row.remaining ?? undefined;
    if (
      !before ||
      (remaining !== undefined &&
        remaining < (before.remaining ?? Number.POSITIVE_INFINITY))
    ) {
      worst.set(row.entity_ref, {
        slo: row.slo,
        state: row.state,
        remaining,
      });
    }
  }
  return worst;
}
