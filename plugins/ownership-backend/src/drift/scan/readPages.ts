import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { organisationPart } from '../../directory/organisationPart';
import type { Organisation } from '../../directory/readOrganisation';
import { inSlices } from '../store/inSlices';
import {
  PAGE_SIZE,
  readComponents,
  streamComponents,
  type StreamedComponent,
} from './streamComponents';

interface Source {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  /** Paths that configured predicates look at. */
  moreFields: string[];
  signal: AbortSignal;
}

/** All components, a page at a time. Adds their refs to `seen`. */
export async function* readAll(
  options: Source & {
    /** In lower case. */
    kinds: ReadonlySet<string>;
    organisation: Organisation;
    seen: Set<string>;
  },
): AsyncGenerator<StreamedComponent[]> {
  const { organisation, seen, ...source } = options;
  for await (const page of streamComponents({
    ...source,
    onApi: (ref, api) => noteSilent(organisation, ref, api),
  })) {
    page.forEach(({ entityRef }) => seen.add(entityRef));
    yield page;
  }
}

/** The whole of those of which only the marks are known, a page at a time. */
export async function* readRest(
  options: Source & { marks: StreamedComponent[] },
): AsyncGenerator<StreamedComponent[]> {
  const { marks, signal, ...source } = options;
  for (const slice of inSlices(marks, PAGE_SIZE)) {
    signal.throwIfAborted();
    yield await readComponents({
      ...source,
      entityRefs: slice.map(({ entityRef }) => entityRef),
    });
  }
}

/** An API that nobody consumes is not looked at again until it changes. */
function noteSilent(
  { marks, silent }: Organisation,
  ref: string,
  api: Entity,
): void {
  const { etag } = api.metadata;
  if (etag && !marks.has(ref) && !organisationPart(api).mark) {
    silent.set(ref, etag);
  }
}
