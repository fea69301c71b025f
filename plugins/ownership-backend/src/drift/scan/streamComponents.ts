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

/** What tells whether an entity is as it was. */
const MARKS = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.etag'];

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
 * @param options - `moreFields`: paths that configured predicates look at.
 * `marksOnly`: gives no more of each than its ref and its etag
 * @throws whatever the catalog throws: the stream is complete exactly if it
 * ends without
 */
export async function* streamComponents(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  kinds: ReadonlySet<string>;
  moreFields: string[];
  marksOnly: boolean;
  signal: AbortSignal;
}): AsyncGenerator<StreamedComponent[]> {
  const { catalog, credentials, kinds, moreFields, marksOnly, signal } =
    options;
  // Pages may overlap where the catalog changes while it is read.
  const seen = new Set<string>();
  signal.throwIfAborted();
  const pages = catalog.streamEntities(
    {
      fields: marksOnly ? MARKS : [...FIELDS, ...moreFields],
      pageSize: PAGE_SIZE,
    },
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

/**
 * The whole of components of which only the marks are known. One that left the
 * catalog meanwhile is left out.
 */
export async function readComponents(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  marks: StreamedComponent[];
  moreFields: string[];
}): Promise<StreamedComponent[]> {
  const { catalog, credentials, marks, moreFields } = options;
  if (marks.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntitiesByRefs(
    {
      entityRefs: marks.map(({ entityRef }) => entityRef),
      fields: [...FIELDS, ...moreFields],
    },
    { credentials },
  );
  return items.flatMap((entity, index) =>
    entity ? [{ entityRef: marks[index].entityRef, entity }] : [],
  );
}
