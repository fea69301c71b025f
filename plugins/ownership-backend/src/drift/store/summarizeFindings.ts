import {
  ageBuckets,
  severityRank,
  severitySchema,
  type FindingGroupBy,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { countByRule } from './countByRule';
import type { FindingSelection } from './FindingSelection';
import { selectFindings } from './selectFindings';
import { NONE } from './whereEntity';

export interface FindingGroup {
  /** Rule id, severity, tier, age, or ref of the group or owner; `none` for those without. */
  key: string;
  /** Title of a group or owner that is in the catalog. */
  title?: string;
  /** For owners: whether the ref is in the catalog. */
  resolves?: boolean;
  /** For teams: the group above. */
  parent?: string;
  findings: number;
  /** Distinct components with at least one of the findings. */
  components: number;
  bySeverity: Record<Severity, number>;
}

interface GroupRow {
  key: string;
  title: string | null;
  ref: string | null;
  parent_ref: string | null;
  findings: number | string;
  components: number | string;
  critical: number | string;
  high: number | string;
  medium: number | string;
  low: number | string;
}

/**
 * Counts the findings of a selection by group, the most first.
 *
 * A team counts what it and every group below it owns; a finding counts once
 * per team, however many of the owners are in its sub-tree.
 */
export async function summarizeFindings(options: {
  knex: Knex;
  selection: FindingSelection;
  groupBy: FindingGroupBy;
}): Promise<FindingGroup[]> {
  const { knex, groupBy } = options;
  const byPrincipal = groupBy === 'team' || groupBy === 'ownerRef';
  const sums = (table: string) =>
    ['findings', 'components', ...severitySchema.options].map(name =>
      knex.raw('SUM(??) AS ??', [`${table}.${name}`, name]),
    );

  const byKey = groupBy === 'rule' ? countByRule(options) : countByKey(options);
  const query = byPrincipal
    ? knex
        .from(byKey.as('n'))
        .leftJoin(principalsOf(knex, groupBy).as('o'), 'o.owners', 'n.key')
        .leftJoin('directory_principals as p', 'p.ref', 'o.ref')
        .select('p.ref', 'p.title', 'p.parent_ref')
        .select(knex.raw('COALESCE(??, ?) AS ??', ['o.ref', NONE, 'key']))
        .select(sums('n'))
        .groupBy('o.ref', 'p.ref', 'p.title', 'p.parent_ref')
    : byKey;
  query.orderBy([{ column: 'findings', order: 'desc' }, { column: 'key' }]);

  const rows: GroupRow[] = await query;
  return rows.map(row => ({
    key: row.key,
    title: row.title ?? undefined,
    resolves: byPrincipal ? Boolean(row.ref) : undefined,
    parent: groupBy === 'team' ? row.parent_ref ?? undefined : undefined,
    findings: Number(row.findings),
    components: Number(row.components),
    bySeverity: {
      critical: Number(row.critical),
      high: Number(row.high),
      medium: Number(row.medium),
      low: Number(row.low),
    },
  }));
}

/**
 * Counts by what a finding has one of: for teams and owners that is the text
 * of all of its owners, and there are a hundred times fewer than components.
 */
function countByKey(options: {
  knex: Knex;
  selection: FindingSelection;
  groupBy: FindingGroupBy;
}): Knex.QueryBuilder {
  const { knex, selection, groupBy } = options;
  const ofComponents = selectFindings({ knex, selection })
    .select('f.entity_ref')
    .count({ findings: '*' })
    .select(
      severitySchema.options.map(severity =>
        knex.raw('SUM(CASE WHEN f.severity_rank = ? THEN 1 ELSE 0 END) AS ??', [
          severityRank(severity),
          severity,
        ]),
      ),
    )
    .groupBy('f.entity_ref');
  const query = knex
    .from(ofComponents.as('e'))
    .count({ components: '*' })
    .sum(
      Object.fromEntries(
        ['findings', ...severitySchema.options].map(name => [
          name,
          `e.${name}`,
        ]),
      ),
    )
    .groupBy('key');
  if (groupBy === 'tier') {
    // One for each component, however many of its findings there are.
    return query
      .leftJoin('components as c', 'c.entity_ref', 'e.entity_ref')
      .select(knex.raw('COALESCE(c.tier, ?) AS ??', [NONE, 'key']));
  }
  ofComponents.select(keyOf(options)).groupBy('key');
  return query.select('e.key');
}

function keyOf(options: {
  knex: Knex;
  selection: FindingSelection;
  groupBy: FindingGroupBy;
}): Knex.Raw {
  const { knex, selection, groupBy } = options;
  switch (groupBy) {
    case 'severity':
      return knex.raw('f.severity AS ??', ['key']);
    case 'age':
      return ageKey(knex, selection.now);
    case 'ownerRef':
    case 'team':
    default:
      return knex.raw('f.owners AS ??', ['key']);
  }
}

/** The owners, or the teams they are in, of each text of owners, once each. */
function principalsOf(knex: Knex, groupBy: FindingGroupBy): Knex.QueryBuilder {
  return groupBy === 'ownerRef'
    ? knex('owner_sets').distinct('owners', { ref: 'owner_ref' })
    : knex('owner_sets as s')
        .join('directory_closure as d', 'd.descendant_ref', 's.owner_ref')
        .distinct('s.owners', { ref: 'd.ancestor_ref' });
}

/** The bucket of a finding's age, as the filters by age draw the lines. */
function ageKey(knex: Knex, now: Date): Knex.Raw {
  const ends = ageBuckets.flatMap(({ key, maxAgeDays }) =>
    maxAgeDays === undefined
      ? []
      : [new Date(now.getTime() - maxAgeDays * 86_400_000).toISOString(), key],
  );
  return knex.raw(
    `CASE ${'WHEN f.first_seen_at > ? THEN ? '.repeat(
      ends.length / 2,
    )}ELSE ? END AS ??`,
    [...ends, ageBuckets[ageBuckets.length - 1].key, 'key'],
  );
}
