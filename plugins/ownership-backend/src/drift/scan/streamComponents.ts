import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityRefOf } from '@service-ownership/backstage-plugin-ownership-common';
import { readAhead } from './readAhead';

/**
 * Entities asked for at a time. The catalog works on a page in one go, and
 * everybody else waits.
 */
export const PAGE_SIZE = 500;

/** What facts and rules read; the rest of an entity can be megabytes. */
const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'relations',
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
  'spec.domain',
  'spec.subcomponentOf',
  'spec.ownershipContract',
];

/**
 * Of these a catalog may have more than of what is owned. Not this one and not
 * that one are two short walks along an index of the catalog; one of some, or
 * none of some, has it look at all entities again for every page.
 */
const OTHER_KINDS = ['User', 'Group', 'Location'];

/** A filter predicate that leaves out what is never a component of these kinds. */
export function withoutOthers(kinds: ReadonlySet<string>) {
  const others = OTHER_KINDS.filter(
    kind => !kinds.has(kind.toLocaleLowerCase('en-US')),
  );
  return { $all: others.map(kind => ({ $not: { kind } })) };
}

/** An entity of the catalog with its canonical ref. */
export interface StreamedComponent {
  entityRef: string;
  entity: Entity;
}

/**
 * Streams the entities of the given kinds out of the catalog, a page at a
 * time and each once.
 *
 * All but a few kinds are asked for and the others skipped here: in the catalog
 * a list of kinds costs more than the few rows it saves.
 *
 * @param options - `moreFields`: paths that configured predicates look at.
 * `onApi`: is told of every API, whatever the kinds
 * @throws whatever the catalog throws: the stream is complete exactly if it
 * ends without
 */
export async function* streamComponents(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  kinds: ReadonlySet<string>;
  moreFields: string[];
  onApi: (entityRef: string, api: Entity) => void;
  signal: AbortSignal;
}): AsyncGenerator<StreamedComponent[]> {
  const { catalog, credentials, kinds, moreFields, onApi, signal } = options;
  // Pages may overlap where the catalog changes while it is read.
  const seen = new Set<string>();
  signal.throwIfAborted();
  const pages = catalog.streamEntities(
    {
      query: withoutOthers(kinds),
      fields: [...FIELDS, ...moreFields],
      pageSize: PAGE_SIZE,
    },
    { credentials },
  );
  for await (const page of readAhead(pages)) {
    signal.throwIfAborted();
    const components: StreamedComponent[] = [];
    for (const entity of page) {
      const kind = entity.kind.toLocaleLowerCase('en-US');
      const entityRef =
        kinds.has(kind) || kind === 'api' ? entityRefOf(entity) : undefined;
      if (!entityRef || seen.has(entityRef)) {
        continue;
      }
      seen.add(entityRef);
      if (kind === 'api') {
        onApi(entityRef, entity);
      }
      if (kinds.has(kind)) {
        components.push({ entityRef, entity });
      }
    }
    if (components.length > 0) {
      yield components;
    }
  }
}

/**
 * The whole of components of which only the refs are known. One that left the
 * catalog meanwhile is left out.
 */
export async function readComponents(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  entityRefs: string[];
  moreFields: string[];
}): Promise<StreamedComponent[]> {
  const { catalog, credentials, entityRefs, moreFields } = options;
  if (entityRefs.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs(
    {
      entityRefs,
      fields: [...FIELDS, ...moreFields],
    },
    { credentials },
  );
  return items.flatMap((entity, index) =>
    entity ? [{ entityRef: entityRefs[index], entity }] : [],
  );
}
