import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/** An SLO as far as a push needs it. */
export interface FoundSlo {
  id: number;
  entityRef: string;
  name: string;
  fineSeconds: number;
  /** It is made of other SLOs and has no samples of its own. */
  isComposite: boolean;
}

/**
 * The SLOs of the given components, those removed not long ago among them: a
 * contract that is broken for a day must not lose the day's samples.
 */
export async function findSlos(
  knex: Knex,
  entityRefs: string[],
): Promise<FoundSlo[]> {
  const query = knex('slos').select(
    'id',
    'entity_ref',
    'name',
    'fine_seconds',
    knex.raw(
      `case when definition like '%"members":[%' then 1 else 0 end as composite`,
    ),
  );
  whereIn(query, 'entity_ref', entityRefs);
  return (await query).map(row => ({
    id: row.id,
    entityRef: row.entity_ref,
    name: row.name,
    fineSeconds: row.fine_seconds,
    isComposite: row.composite === 1,
  }));
}
