import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';
import type { ComponentDocument } from '../../drift/ComponentDocument';

/**
 * Who is suggested for each orphan that names an owner: the first of them in
 * the order of their refs, with empty lists of those for whom nobody is; and how
 * many there are in all.
 */
export async function readOrphanSuggestions(options: {
  knex: Knex;
  /** Canonical. */
  ownerRef: string;
  visible: VisibleRefs;
  limit: number;
}): Promise<{
  suggestions: Array<NonNullable<ComponentDocument['suggestedOwners']>>;
  all: number;
}> {
  const { knex, ownerRef, visible, limit } = options;
  const orphans = knex('components as c')
    .join('component_owners as o', 'o.entity_ref', 'c.entity_ref')
    .where({ 'o.owner_ref': ownerRef, 'c.state': 'orphaned' });
  whereVisible(orphans, 'c.entity_ref', visible);
  const rows: Array<{ document: string }> = await orphans
    .clone()
    .orderBy('c.entity_ref')
    .limit(limit)
    .select('c.document');
  const [{ count }] = await orphans.count({ count: '*' });
  return {
    suggestions: rows.map(({ document }) => {
      const { suggestedOwners }: ComponentDocument = JSON.parse(document);
      return suggestedOwners ?? [];
    }),
    all: Number(count),
  };
}
