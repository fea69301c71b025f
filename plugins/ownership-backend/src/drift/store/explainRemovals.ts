import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { ComponentDocument } from '../ComponentDocument';
import { columnText } from './columnText';
import { LIKE, literally } from './likePattern';

const LOCATION = 'backstage.io/managed-by-location';
// Each costs a look through all components.
const MAX_LOCATIONS = 20;

/**
 * What removed components that are not in the catalog any more, in words, as
 * far as the last look at them tells; a component without an entry may have
 * been removed by anybody. Call it before they are removed here.
 */
export async function explainRemovals(options: {
  knex: Knex;
  entityRefs: readonly string[];
}): Promise<Map<string, string>> {
  const { knex, entityRefs } = options;
  const orphans = knex('findings')
    .where('rule_id', 'source-orphaned')
    .whereNot('state', 'closed');
  whereIn(orphans, 'entity_ref', entityRefs);
  const documents = knex('components').select('entity_ref', 'document');
  whereIn(documents, 'entity_ref', entityRefs);

  const reasons = new Map<string, string>();
  const together = new Map<string, string[]>();
  for (const { entity_ref, document } of (await documents) as Array<{
    entity_ref: string;
    document: string;
  }>) {
    const location = locationOf(JSON.parse(document));
    if (location) {
      together.set(location, [...(together.get(location) ?? []), entity_ref]);
    }
  }
  const gone = [...together]
    .filter(([, refs]) => refs.length > 1)
    .slice(0, MAX_LOCATIONS);
  for (const [location, refs] of gone) {
    if (!(await hasOthers({ knex, location, entityRefs }))) {
      const file = columnText(location.replace(/^(url|file):/, ''), 1000);
      refs.forEach(ref =>
        reasons.set(
          ref,
          `All ${refs.length} components of ${file} went at once: it was unregistered, or it is gone`,
        ),
      );
    }
  }
  // What was flagged before it went is the better witness.
  for (const ref of (await orphans.pluck('entity_ref')) as string[]) {
    reasons.set(
      ref,
      'Nothing emitted it any more (backstage.io/orphan): the catalog removes what is left over',
    );
  }
  return reasons;
}

function locationOf({ entity }: ComponentDocument): string | undefined {
  const annotations: Entity['metadata']['annotations'] =
    entity.metadata.annotations;
  const location = annotations?.[LOCATION];
  return typeof location === 'string' ? location : undefined;
}

/** Whether anything else still comes from there. */
async function hasOthers(options: {
  knex: Knex;
  location: string;
  entityRefs: readonly string[];
}): Promise<boolean> {
  const { knex, location, entityRefs } = options;
  const written = JSON.stringify({ [LOCATION]: location }).slice(1, -1);
  const query = knex('components')
    .whereRaw(LIKE, ['document', `%${literally(written)}%`])
    .whereNot(either => whereIn(either, 'entity_ref', entityRefs));
  return (await query.first('entity_ref')) !== undefined;
}
