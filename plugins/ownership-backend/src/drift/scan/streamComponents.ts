import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityRefOf } from '@service-ownership/backstage-plugin-ownership-common';
import { readAhead } from './readAhead';

const PAGE_SIZE = 2000;

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

/** An entity of the catalog with its canonical ref. */
export interface StreamedComponent {
  entityRef: string;
  entity: Entity;
}

/**
 * Streams the entities of the given kinds out of the catalog, a page at a
 * time and each once.
 *
 * All kinds are asked for and the others skipped here: in the catalog a filter
 * costs more than the few rows it saves.
 *
 * @param options - `moreFields`: paths that configured predicates look at
 * @throws whatever the catalog throws: the stream is complete exactly if it
 * ends without
 */
export async function* streamComponents(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  kinds: ReadonlySet<string>;
  moreFields: string[];
  signal: AbortSignal;
}): AsyncGenerator<StreamedComponent[]> {
  const { catalog, credentials, kinds, moreFields, signal } = options;
  // Pages may overlap where the catalog changes while it is read.
  const seen = new Set<string>();
  signal.throwIfAborted();
  const pages = catalog.streamEntities(
    { fields: [...FIELDS, ...moreFields], pageSize: PAGE_SIZE },
    { credentials },
  );
  for await (const page of readAhead(pages)) {
    signal.throwIfAborted();
    const components: StreamedComponent[] = [];
    for (const entity of page) {
      const entityRef = kinds.has(entity.kind.toLocaleLowerCase('en-US'))
        ? entityRefOf(entity)
        : undefined;
      if (entityRef && !seen.has(entityRef)) {
        seen.add(entityRef);
        components.push({ entityRef, entity });
      }
    }
    if (components.length > 0) {
      yield components;
    }
  }
}
