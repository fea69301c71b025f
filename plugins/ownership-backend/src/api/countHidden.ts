import type { Knex } from 'knex';
import { inSlices } from '../drift/store/inSlices';
import type { VisibleRefs } from './Visibility';
import { whereOwnedBy } from './whereOwnedBy';
import { whereVisible } from './whereVisible';

const TEAMS = 100;

/**
 * How many components, of a team or of all, a caller may not see.
 *
 * Law: it hangs on nothing else that is asked. A number of those that are
 * hidden and have a name, a state or a field would tell what they hold.
 */
export async function countHidden(
  knex: Knex,
  options: { team?: string; visible: VisibleRefs },
): Promise<number> {
  const { team, visible } = options;
  const byTeam = await countHiddenByTeam(knex, { teams: [team], visible });
  return byTeam.get(team)!;
}

/** The same of any number of teams, a hundred in one statement; of all without a name. */
export async function countHiddenByTeam(
  knex: Knex,
  options: { teams: Iterable<string | undefined>; visible: VisibleRefs },
): Promise<Map<string | undefined, number>> {
  const { visible } = options;
  const teams = [...new Set(options.teams)];
  if (visible === 'all') {
    return new Map(teams.map(team => [team, 0]));
  }
  const hidden = new Map<string | undefined, number>();
  for (const slice of inSlices(teams, TEAMS)) {
    const counts: Record<string, Knex.QueryBuilder> = {};
    slice.forEach((team, index) => {
      const all = knex('components').count({ count: '*' });
      if (team) {
        whereOwnedBy(all, 'entity_ref', team);
      }
      const seen = all.clone();
      whereVisible(seen, 'entity_ref', visible);
      counts[`all${index}`] = all;
      counts[`seen${index}`] = seen;
    });
    const [row] = await knex.select(counts);
    slice.forEach((team, index) =>
      hidden.set(
        team,
        Number(row[`all${index}`]) - Number(row[`seen${index}`]),
      ),
    );
  }
  return hidden;
}
