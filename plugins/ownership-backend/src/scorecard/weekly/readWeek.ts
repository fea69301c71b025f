import type { WeeklyDigest } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { whereOwnedBy } from '../../api/whereOwnedBy';
import { whereVisible } from '../../api/whereVisible';

interface Part {
  team?: string;
  visible: VisibleRefs;
  /** Entries that are named. */
  limit: number;
}

interface Named {
  entity_ref: string;
  name: string;
  title: string | null;
}

type FindingEntry = Named &
  Pick<
    WeeklyDigest['findings']['opened']['items'][number],
    'id' | 'severity' | 'message'
  >;

/** Budgets below this share are worth a line. */
const LOW_BUDGET = 0.5;

function within(query: Knex.QueryBuilder, part: Part): Knex.QueryBuilder {
  if (part.team) {
    whereOwnedBy(query, 'c.entity_ref', part.team);
  }
  whereVisible(query, 'c.entity_ref', part.visible);
  return query;
}

/** Findings that were opened since a moment and are open still, the worst first. */
export async function readOpenedFindings(
  knex: Knex,
  options: Part & { from: string },
): Promise<WeeklyDigest['findings']['opened']> {
  return readFindings(
    findings(knex, options)
      .whereIn('f.state', ['open', 'acknowledged'])
      .where('f.first_seen_at', '>=', options.from),
    options.limit,
  );
}

/** Findings that were closed since a moment, the worst first. */
export async function readClosedFindings(
  knex: Knex,
  options: Part & { from: string },
): Promise<WeeklyDigest['findings']['closed']> {
  return readFindings(
    findings(knex, options)
      .where('f.state', 'closed')
      .where('f.closed_at', '>=', options.from),
    options.limit,
  );
}

function findings(knex: Knex, part: Part): Knex.QueryBuilder {
  return within(
    knex('findings as f').join(
      'components as c',
      'c.entity_ref',
      'f.entity_ref',
    ),
    part,
  );
}

async function readFindings(query: Knex.QueryBuilder, limit: number) {
  const [[{ count }], rows] = await Promise.all([
    query.clone().count({ count: '*' }),
    query
      .clone()
      .orderBy(['f.severity_rank', 'f.first_seen_at', 'f.id'])
      .limit(limit)
      .select('f.id', 'f.entity_ref', 'f.severity', 'f.message')
      .select('c.title', 'c.name'),
  ]);
  return {
    count: Number(count),
    items: (rows as FindingEntry[]).map(row => ({
      id: row.id,
      entityRef: row.entity_ref,
      entityTitle: row.title ?? row.name,
      severity: row.severity,
      message: row.message,
    })),
  };
}

/** How many error budgets are spent, and those with the least left. */
export async function readWorstBudgets(
  knex: Knex,
  options: Part,
): Promise<WeeklyDigest['budgets']> {
  const slos = within(
    knex('slo_statuses as s').join(
      'components as c',
      'c.entity_ref',
      's.entity_ref',
    ),
    options,
  );
  const [[{ count }], rows] = await Promise.all([
    slos.clone().where('s.remaining', '<=', 0).count({ count: '*' }),
    slos
      .clone()
      .where('s.remaining', '<', LOW_BUDGET)
      .orderBy(['s.remaining_order', 's.entity_ref', 's.slo'])
      .limit(options.limit)
      .select('s.entity_ref', 's.slo', 's.remaining', 'c.title', 'c.name'),
  ]);
  return {
    exhausted: Number(count),
    worst: (rows as Array<Named & { slo: string; remaining: number }>).map(
      row => ({
        entityRef: row.entity_ref,
        entityTitle: row.title ?? row.name,
        slo: row.slo,
        remaining: row.remaining,
      }),
    ),
  };
}

/** Contract reviews due before a moment, the longest overdue first. */
export async function readDueReviews(
  knex: Knex,
  options: Part & { dueBefore: string },
): Promise<WeeklyDigest['reviews']> {
  const due = within(
    knex('components as c').where('c.review_due_at', '<', options.dueBefore),
    options,
  );
  const [[{ count }], rows] = await Promise.all([
    due.clone().count({ count: '*' }),
    due
      .clone()
      .orderBy(['c.review_due_at', 'c.entity_ref'])
      .limit(options.limit)
      .select('c.entity_ref', 'c.title', 'c.name', 'c.review_due_at'),
  ]);
  return {
    count: Number(count),
    items: (rows as Array<Named & { review_due_at: string }>).map(row => ({
      entityRef: row.entity_ref,
      entityTitle: row.title ?? row.name,
      dueAt: row.review_due_at,
    })),
  };
}
