import {
  severitySchema,
  typicalLevel,
  type Brief,
  type Scorecard,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { refText } from '../../api/whereOwnedBy';
import { whereIn, whereVisible } from '../../api/whereVisible';
import { readScopeTitles, titleByRef } from '../readScopeTitles';
import { scopesQuery, type ScopeKind } from '../scopes';

const REVIEW_DAYS = 30;

/**
 * Briefs of the scopes named, in that order: six statements, whatever their
 * number. Counts what the caller may see.
 */
export async function readBriefs(
  knex: Knex,
  options: {
    kind: ScopeKind;
    refs: string[];
    visible: VisibleRefs;
    scorecard?: Scorecard;
    now: Date;
  },
): Promise<Brief[]> {
  const { kind, visible, scorecard, now } = options;
  const refs = [...new Set(options.refs.map(refText))];

  // Every scope with every component in it that counts.
  const pairs = knex
    .from(scopesQuery(knex, { kind }).as('s'))
    .join('components as c', 'c.entity_ref', 's.entity_ref');
  whereIn(pairs, 's.scope', refs);
  whereVisible(pairs, 's.entity_ref', visible);

  const [titles, components, findings, worst, slos, levels] = await Promise.all(
    [
      readScopeTitles(knex, { kind, refs }),
      countComponents(knex, { pairs, now }),
      countFindings(pairs),
      readWorstFindings(knex, pairs),
      readWorstSlos(knex, pairs),
      countLevels(pairs, scorecard),
    ],
  );

  return refs.map(ref => {
    const figures = components.get(ref);
    // As one that is not there, where nothing of it may be seen.
    const named = figures || visible === 'all' || visible.has(ref);
    const level = scorecard && typicalLevel(scorecard, levels.get(ref) ?? {});
    return {
      ref,
      title: (named && titles.get(ref)?.title) || titleByRef(kind, ref),
      components: figures?.components ?? 0,
      byState: figures?.byState ?? noStates(),
      openFindings: findings.get(ref) ?? 0,
      level: scorecard?.levels.find(({ id }) => id === level)?.title,
      worstFinding: worst.get(ref),
      worstSlo: slos.get(ref),
      reviewsDue: figures?.reviewsDue ?? 0,
    };
  });
}

function noStates(): Brief['byState'] {
  return { owned: 0, 'at-risk': 0, orphaned: 0, unknown: 0 };
}

async function countComponents(
  knex: Knex,
  options: { pairs: Knex.QueryBuilder; now: Date },
) {
  const due = new Date(options.now.getTime() + REVIEW_DAYS * 86_400_000);
  const rows = await options.pairs
    .clone()
    .groupBy('s.scope', 'c.state')
    .select('s.scope', 'c.state')
    .count({ components: '*' })
    .select(
      knex.raw(
        'sum(case when c.review_due_at < ? then 1 else 0 end) as reviews',
        [due.toISOString()],
      ),
    );
  const found = new Map<
    string,
    Pick<Brief, 'components' | 'byState' | 'reviewsDue'>
  >();
  for (const row of rows) {
    const figures = found.get(row.scope) ?? {
      components: 0,
      byState: noStates(),
      reviewsDue: 0,
    };
    figures.components += Number(row.components);
    figures.byState[row.state as keyof Brief['byState']] += Number(
      row.components,
    );
    figures.reviewsDue += Number(row.reviews);
    found.set(row.scope, figures);
  }
  return found;
}

async function countFindings(pairs: Knex.QueryBuilder) {
  const found = new Map<string, number>();
  for (const row of await pairs
    .clone()
    .join('findings as f', 'f.entity_ref', 's.entity_ref')
    .whereIn('f.state', ['open', 'acknowledged'])
    .groupBy('s.scope')
    .select('s.scope')
    .count({ open: '*' })) {
    found.set(String(row.scope), Number(row.open));
  }
  return found;
}

async function readWorstFindings(knex: Knex, pairs: Knex.QueryBuilder) {
  const ranked = pairs
    .clone()
    .join('findings as f', 'f.entity_ref', 's.entity_ref')
    .whereIn('f.state', ['open', 'acknowledged'])
    .select('s.scope', 'c.title', 'f.id', 'f.entity_ref', 'f.message')
    .select('f.severity_rank')
    .select(
      knex.raw(
        'row_number() over (partition by s.scope order by f.severity_rank, f.first_seen_at, f.id) as place',
      ),
    );
  const rows = await knex.from(ranked.as('r')).where('place', 1);
  return new Map<string, NonNullable<Brief['worstFinding']>>(
    rows.map(row => [
      row.scope,
      {
        id: row.id,
        entityRef: row.entity_ref,
        entityTitle: row.title ?? undefined,
        severity: severitySchema.options[row.severity_rank],
        message: row.message,
      },
    ]),
  );
}

async function readWorstSlos(knex: Knex, pairs: Knex.QueryBuilder) {
  const ranked = pairs
    .clone()
    .join('slo_statuses as o', 'o.entity_ref', 's.entity_ref')
    .whereNotNull('o.remaining')
    .select('s.scope', 'c.title', 'o.entity_ref', 'o.slo')
    .select({ slo_state: 'o.state', remaining: 'o.remaining' })
    .select(
      knex.raw(
        'row_number() over (partition by s.scope order by o.remaining_order, o.entity_ref, o.slo) as place',
      ),
    );
  const rows = await knex.from(ranked.as('r')).where('place', 1);
  return new Map<string, NonNullable<Brief['worstSlo']>>(
    rows.map(row => [
      row.scope,
      {
        entityRef: row.entity_ref,
        entityTitle: row.title ?? undefined,
        slo: row.slo,
        state: row.slo_state,
        remaining: row.remaining,
      },
    ]),
  );
}

async function countLevels(pairs: Knex.QueryBuilder, scorecard?: Scorecard) {
  const found = new Map<string, Record<string, number>>();
  if (!scorecard) {
    return found;
  }
  const rows = await pairs
    .clone()
    .join('scorecard_results as r', 'r.entity_ref', 's.entity_ref')
    .where('r.scorecard_id', scorecard.id)
    .groupBy('s.scope', 'r.bucket')
    .select('s.scope', 'r.bucket')
    .count({ entities: '*' });
  for (const row of rows) {
    const byLevel = found.get(String(row.scope)) ?? {};
    byLevel[String(row.bucket)] = Number(row.entities);
    found.set(String(row.scope), byLevel);
  }
  return found;
}
