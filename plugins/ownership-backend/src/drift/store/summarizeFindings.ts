import {
  ageBuckets,
  type FindingGroupBy,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
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

  // One row per finding and group, so that nothing is counted twice.
  const grouped = keyed(options)
    .select('f.id', 'f.entity_ref', 'f.severity')
    .distinct();
  const counted = (severity: Severity) =>
    knex.raw('SUM(CASE WHEN ?? = ? THEN 1 ELSE 0 END) AS ??', [
      'g.severity',
      severity,
      severity,
    ]);
  const query = knex
    .from(grouped.as('g'))
    .select('g.key')
    .count({ findings: '*' })
    .countDistinct({ components: 'g.entity_ref' })
    .select(
      counted('critical'),
      counted('high'),
      counted('medium'),
      counted('low'),
    )
    .groupBy('g.key')
    .orderBy([{ column: 'findings', order: 'desc' }, { column: 'g.key' }]);
  if (byPrincipal) {
    query
      .leftJoin('directory_principals as p', 'p.ref', 'g.key')
      .select('p.ref', 'p.title', 'p.parent_ref')
      .groupBy('p.ref', 'p.title', 'p.parent_ref');
  }

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

function keyed(options: {
  knex: Knex;
  selection: FindingSelection;
  groupBy: FindingGroupBy;
}): Knex.QueryBuilder {
  const { knex, selection, groupBy } = options;
  const query = selectFindings({
    ...{ knex, selection },
    withComponents: groupBy === 'tier',
  });
  const orNone = (column: string) =>
    query.select(knex.raw('COALESCE(??, ?) AS ??', [column, NONE, 'key']));

  switch (groupBy) {
    case 'rule':
      return query.select({ key: 'f.rule_id' });
    case 'severity':
      return query.select({ key: 'f.severity' });
    case 'tier':
      return orNone('c.tier');
    case 'age':
      return query.select(ageKey(knex, selection.now));
    case 'ownerRef':
      query.leftJoin('component_owners as o', 'o.entity_ref', 'f.entity_ref');
      return orNone('o.owner_ref');
    case 'team':
    default: {
      // Without a team is what has no owner in any group, not what has one
      // owner more that is in none.
      const teams = knex('component_owners as o')
        .join('directory_closure as d', 'd.descendant_ref', 'o.owner_ref')
        .distinct('o.entity_ref', 'd.ancestor_ref')
        .as('o');
      query.leftJoin(teams, 'o.entity_ref', 'f.entity_ref');
      return orNone('o.ancestor_ref');
    }
  }
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
