import { sloStateSchema } from '@service-ownership/backstage-plugin-ownership-common';
import type {
  SloFilter,
  SloRollup,
  SloRollupQuery,
  SloState,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { readScopeTitles } from '../../scorecard/readScopeTitles';
import { scopesQuery } from '../../scorecard/scopes';
import { firingCase, sloStatusesQuery } from './sloStatusesQuery';

interface Tally {
  /** Null for what belongs to no scope. */
  scope: string | null;
  state: SloState;
  slos: number | string;
  /** Sum of the remaining budgets that are known. */
  left: number | null;
  known: number | string;
  worst: number | null;
  page: number | string;
  /** Of which anything fires. */
  any_firing: number | string;
}

/**
 * Adds up SLOs by team, system or domain: one statement for those the caller
 * may see, one for how many others there are, one for the titles. An SLO
 * counts once for each group above its owners, however many of them lead there.
 *
 * Law: how many others there are hangs on teams, systems and domains only. Of
 * those of a name or in a state it would tell how they stand.
 */
export async function readSloRollup(
  knex: Knex,
  options: { query: SloRollupQuery; visible: VisibleRefs },
): Promise<SloRollup> {
  const { query: asked, visible } = options;
  const { groupBy = 'team', team, system, domain } = asked;
  const grouped = (filter: SloFilter, seen: VisibleRefs) =>
    sloStatusesQuery(knex, { filter, visible: seen }).leftJoin(
      scopesQuery(knex, { kind: groupBy, team }).as('g'),
      'g.entity_ref',
      's.entity_ref',
    );
  const narrowed = grouped(asked, visible);
  if (asked.state) {
    narrowed.whereIn('s.state', asked.state);
  }
  if (asked.firing) {
    narrowed.whereRaw('? = 1', [firingCase(knex, asked.firing)]);
  }
  const tallies: Tally[] = await narrowed.groupBy('g.scope', 's.state').select(
    'g.scope',
    's.state',
    knex.raw(
      `count(*) as slos, sum(s.remaining) as "left",
         count(s.remaining) as known, min(s.remaining) as worst,
         sum(?) as page, sum(?) as any_firing`,
      [firingCase(knex, 'page'), firingCase(knex, 'any')],
    ),
  );
  const counted = (seen: VisibleRefs, count: string) =>
    grouped({ team, system, domain }, seen)
      .groupBy('g.scope')
      .select('g.scope', knex.raw(`${count} as slos`));
  const others: Array<{ scope: string | null; slos: number | string }> =
    visible === 'all'
      ? []
      : await knex.unionAll([
          counted('all', 'count(*)'),
          counted(visible, '-count(*)'),
        ]);

  const groups = new Map<string, Tally[]>();
  const hidden = new Map<string, number>();
  // Nobody is told the name of a scope of which they may see nothing.
  const named = new Set(
    others.flatMap(({ scope, slos }) => (Number(slos) < 0 ? scope : [])),
  );
  for (const { scope, slos } of others) {
    if (
      scope !== null &&
      (named.has(scope) || (visible !== 'all' && visible.has(scope)))
    ) {
      groups.set(scope, []);
      hidden.set(scope, (hidden.get(scope) ?? 0) + Number(slos));
    }
  }
  let ungrouped = 0;
  for (const tally of tallies) {
    const { scope, slos } = tally;
    if (scope === null) {
      ungrouped += Number(slos);
      continue;
    }
    groups.set(scope, [...(groups.get(scope) ?? []), tally]);
  }
  const titles = await readScopeTitles(knex, {
    kind: groupBy,
    refs: [...groups.keys()],
  });
  return {
    items: Array.from(groups, ([ref, group]) => {
      const parent = titles.get(ref)?.parent;
      return {
        ref,
        title: titles.get(ref)?.title ?? ref,
        ...(parent && groups.has(parent) && { parent }),
        ...addUp(group),
        hidden: hidden.get(ref) ?? 0,
      };
    }).sort((a, b) => (a.title < b.title ? -1 : 1)),
    ungrouped,
  };
}

function addUp(tallies: readonly Tally[]) {
  const sum = (of: 'slos' | 'known' | 'page' | 'any_firing' | 'left') =>
    tallies.reduce((total, tally) => total + Number(tally[of] ?? 0), 0);
  const byState = Object.fromEntries(
    sloStateSchema.options.map(state => [state, 0]),
  ) as Record<SloState, number>;
  for (const { state, slos } of tallies) {
    byState[state] += Number(slos);
  }
  const known = sum('known');
  const page = sum('page');
  return {
    slos: sum('slos'),
    byState,
    known,
    ...(known > 0 && {
      meanRemaining: sum('left') / known,
      worstRemaining: Math.min(...tallies.flatMap(({ worst }) => worst ?? [])),
    }),
    firing: { page, ticket: sum('any_firing') - page },
  };
}
