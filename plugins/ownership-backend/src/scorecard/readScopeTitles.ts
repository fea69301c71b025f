import { parseEntityRef } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';
import type { ScopeKind } from './scopes';

/**
 * What people call teams, systems and domains, and the group above a team.
 * What is not known goes by its name.
 */
export async function readScopeTitles(
  knex: Knex,
  options: { kind: ScopeKind; refs: string[] },
): Promise<Map<string, { title: string; parent?: string }>> {
  const { kind, refs } = options;
  const titles = new Map<string, { title: string; parent?: string }>();
  for (const ref of refs) {
    titles.set(ref, {
      title: kind === 'team' ? ref : parseEntityRef(ref).name,
    });
  }
  if (refs.length === 0) {
    return titles;
  }
  const query =
    kind === 'team'
      ? knex('directory_principals').select('ref', 'title', 'parent_ref')
      : knex('components')
          .whereNotNull('title')
          .select({ ref: 'entity_ref' }, 'title');
  whereIn(query, kind === 'team' ? 'ref' : 'entity_ref', refs);
  for (const row of await query) {
    titles.set(row.ref, {
      title: row.title,
      parent: row.parent_ref ?? undefined,
    });
  }
  return titles;
}
