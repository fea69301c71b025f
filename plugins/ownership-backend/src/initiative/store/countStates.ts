import {
  initiativeFigures,
  type InitiativeEntityState,
  type InitiativeFigures,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { VisibleRefs } from '../../api/Visibility';
import { inSlices } from '../../drift/store/inSlices';
import { scopesQuery } from '../../scorecard/scopes';
import { statesQuery, type CountedScope } from './statesQuery';

interface Against {
  ruleSets: ReadonlyMap<string, readonly string[]>;
  /** ISO 8601. */
  now: string;
}

// SQLite takes 500 parts in one statement.
const PARTS = 100;

/**
 * The figures of any number of scopes, a hundred in one statement.
 *
 * @param options - `parts`: what is counted and for whom, by a name of the
 * caller's choice
 */
export async function countStates<TName>(
  knex: Knex,
  options: Against & {
    parts: ReadonlyMap<TName, { scope: CountedScope; visible: VisibleRefs }>;
  },
): Promise<Map<TName, InitiativeFigures>> {
  const figures = new Map<TName, InitiativeFigures>();
  for (const slice of inSlices([...options.parts], PARTS)) {
    const counts = slice.map(([, part], index) =>
      knex
        .from(statesQuery(knex, { ...options, ...part }).as('s'))
        .groupBy('s.state')
        .select(knex.raw(`${index} as part`), 's.state')
        .count({ entities: '*' }),
    );
    const rows: Array<StateCount & { part: number }> = await knex.unionAll(
      counts,
    );
    slice.forEach(([name], index) =>
      figures.set(
        name,
        toFigures(rows.filter(row => Number(row.part) === index)),
      ),
    );
  }
  return figures;
}

/**
 * The figures of one scope for every owner and every group above one, each
 * component once in each.
 */
export async function countStatesByTeam(
  knex: Knex,
  options: Against & { scope: CountedScope; visible: VisibleRefs },
): Promise<Map<string, InitiativeFigures>> {
  const rows: Array<StateCount & { scope: string }> = await knex
    .from(statesQuery(knex, options).as('s'))
    .join(
      scopesQuery(knex, { kind: 'team' }).as('t'),
      't.entity_ref',
      's.entity_ref',
    )
    .groupBy('t.scope', 's.state')
    .select('t.scope', 's.state')
    .count({ entities: '*' });
  const byTeam = new Map<string, typeof rows>();
  for (const row of rows) {
    byTeam.set(row.scope, [...(byTeam.get(row.scope) ?? []), row]);
  }
  return new Map(Array.from(byTeam, ([ref, of]) => [ref, toFigures(of)]));
}

interface StateCount {
  state: string;
  /** PostgreSQL gives counts as text. */
  entities: number | string;
}

function toFigures(rows: StateCount[]): InitiativeFigures {
  const byState: Partial<Record<InitiativeEntityState, number>> = {};
  for (const { state, entities } of rows) {
    byState[state as InitiativeEntityState] = Number(entities);
  }
  return initiativeFigures(byState);
}
