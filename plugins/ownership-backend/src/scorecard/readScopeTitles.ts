import { parseEntityRef } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import type { ComponentDocument } from '../drift/ComponentDocument';
import type { ScopeKind } from './scopes';

/**
 * What a scope is called, and the group above a team.
 */
export interface ScopeTitle {
  title: string;
  parent?: string;
}

/**
 * What people call teams, systems and domains. A team that does not exist goes
 * by its ref, a system or domain without a title by its name.
 */
export async function readScopeTitles(
  knex: Knex,
  options: { kind: ScopeKind; refs: string[] },
): Promise<Map<string, ScopeTitle>> {
  const { kind, refs } = options;
  if (refs.length === 0) {
    return new Map();
  }
  return kind === 'team'
    ? readTeamTitles(knex, refs)
    : readGroupingTitles(knex, { column: `${kind}_ref`, refs });
}

/** What a scope is called of which nothing but the ref is known. */
export function titleByRef(kind: ScopeKind, ref: string): string {
  return kind === 'team' ? ref : parseEntityRef(ref).name;
}

async function readTeamTitles(
  knex: Knex,
  refs: string[],
): Promise<Map<string, ScopeTitle>> {
  const query = knex('directory_principals').select(
    'ref',
    'title',
    'parent_ref',
  );
  whereIn(query, 'ref', refs);
  return new Map([
    ...refs.map(ref => [ref, { title: titleByRef('team', ref) }] as const),
    ...(await query).map(
      row =>
        [
          row.ref,
          { title: row.title, parent: row.parent_ref ?? undefined },
        ] as const,
    ),
  ]);
}

/** Domains and systems have no table: each of their components knows the title. */
async function readGroupingTitles(
  knex: Knex,
  options: { column: string; refs: string[] },
): Promise<Map<string, ScopeTitle>> {
  const { column, refs } = options;
  const oneOfEach = knex('components')
    .groupBy(column)
    .select(knex.raw('min(entity_ref)'));
  whereIn(oneOfEach, column, refs);
  const rows = await knex('components')
    .whereIn('entity_ref', oneOfEach)
    .select({ ref: column }, 'document');
  const titles = new Map<string, ScopeTitle>(
    refs.map(ref => [ref, { title: titleByRef('system', ref) }]),
  );
  for (const row of rows) {
    const title = (JSON.parse(row.document) as ComponentDocument).titles[
      row.ref
    ];
    if (title) {
      titles.set(row.ref, { title });
    }
  }
  return titles;
}
