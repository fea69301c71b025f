import type { Knex } from 'knex';
import { whereVisible } from '../../api/whereVisible';
import type { VisibleRefs } from '../../api/Visibility';
import type { ComponentDocument } from '../../drift/ComponentDocument';

/**
 * Who is suggested for each orphan that names an owner, in the order of their
 * refs; empty lists of those for whom nobody is.
 */
export async function readOrphanSuggestions(options: {
  knex: Knex;
  /** Canonical. */
  ownerRef: string;
  visible: VisibleRefs;
  limit: number;
}): Promise<Array<NonNullable<ComponentDocument['suggestedOwners']>>> {
  const { knex, ownerRef, visible, limit } = options;
  const query = knex('components as c')
    .join('component_owners as o', 'o.entity_ref', 'c.entity_ref')
    .where({ 'o.owner_ref': ownerRef, 'c.state': 'orphaned' })
    .orderBy('c.entity_ref')
    .limit(limit)
    .select('c.document');
  whereVisible(query, 'c.entity_ref', visible);
  const rows: Array<{ document: string }> = await query;
  return rows.map(({ document }) => {
    const { suggestedOwners }: ComponentDocument = JSON.parse(document);
    return suggestedOwners ?? [];
  });
}
