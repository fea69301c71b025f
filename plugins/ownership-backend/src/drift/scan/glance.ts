import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Entity } from '@backstage/catalog-model';
import { entityRefOf } from '@service-ownership/backstage-plugin-ownership-common';
import type { Organisation } from '../../directory/readOrganisation';
import {
  organisationFields,
  organisationPart,
} from '../../directory/organisationPart';
import { inSlices } from '../store/inSlices';
import { breathe } from './breathe';
import { readAhead } from './readAhead';
import { PAGE_SIZE, type StreamedComponent } from './streamComponents';

/** What tells whether an entity is as it was. */
const MARKS = ['kind', 'metadata.name', 'metadata.namespace', 'metadata.etag'];

/** Marks are short: the catalog is sooner done with a page of them. */
const MARKS_PAGE_SIZE = 1000;

/**
 * Goes over the whole catalog by its marks alone, the least there is to ask:
 * gives every component to `onComponents` and tells whether the organisation
 * still is as it was read before. Of what has another mark since, it reads as
 * much as the organisation looks at.
 *
 * @returns false as soon as it is another organisation: nothing of what was
 * given may be used then
 * @throws whatever the catalog throws, and the signal's reason
 */
export async function glance(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  organisation: Organisation;
  /** In lower case. */
  kinds: ReadonlySet<string>;
  onComponents: (page: StreamedComponent[]) => Promise<void>;
  signal: AbortSignal;
}): Promise<boolean> {
  const { catalog, credentials, organisation, kinds, signal } = options;
  const { marks, silent } = organisation;
  // Pages may overlap where the catalog changes while it is read.
  const seen = new Set<string>();
  let met = 0;
  const stale = new Map<string, string[]>();

  signal.throwIfAborted();
  const pages = catalog.streamEntities(
    { fields: MARKS, pageSize: MARKS_PAGE_SIZE },
    { credentials },
  );
  for await (const page of readAhead(pages)) {
    signal.throwIfAborted();
    const components: StreamedComponent[] = [];
    for (const [index, entity] of page.entries()) {
      await breathe(index);
      const kind = entity.kind.toLocaleLowerCase('en-US');
      const isComponent = kinds.has(kind);
      const isPart = organisationFields(kind) !== undefined;
      const entityRef = isComponent || isPart ? entityRefOf(entity) : undefined;
      if (!entityRef || seen.has(entityRef)) {
        continue;
      }
      seen.add(entityRef);
      if (isComponent) {
        components.push({ entityRef, entity });
      }
      if (isPart) {
        const known = marks.get(entityRef);
        const { etag } = entity.metadata;
        met += known ? 1 : 0;
        if (!etag || etag !== (known?.etag ?? silent.get(entityRef))) {
          const others = stale.get(kind) ?? [];
          others.push(entityRef);
          stale.set(kind, others);
        }
      }
    }
    if (components.length > 0) {
      await options.onComponents(components);
    }
  }
  // Somebody who is gone is another organisation.
  return met === marks.size && saysTheSame({ ...options, stale });
}

async function saysTheSame(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  organisation: Organisation;
  stale: ReadonlyMap<string, string[]>;
  signal: AbortSignal;
}): Promise<boolean> {
  const { catalog, credentials, organisation, stale, signal } = options;
  for (const [kind, refs] of stale) {
    for (const slice of inSlices(refs, PAGE_SIZE)) {
      signal.throwIfAborted();
      const { items } = await catalog.getEntitiesByRefs(
        {
          entityRefs: slice,
          fields: organisationFields(kind),
        },
        { credentials },
      );
      for (const [index, ref] of slice.entries()) {
        if (!isAsBefore(items[index], ref, organisation)) {
          return false;
        }
      }
    }
  }
  return true;
}

function isAsBefore(
  entity: Entity | undefined,
  ref: string,
  { marks, silent }: Organisation,
): boolean {
  const mark = entity && organisationPart(entity).mark;
  if (mark?.digest !== marks.get(ref)?.digest) {
    return false;
  }
  // Says the same under another mark, which is the one to look for.
  if (mark) {
    marks.set(ref, mark);
  } else if (entity?.metadata.etag) {
    silent.set(ref, entity.metadata.etag);
  }
  return true;
}
