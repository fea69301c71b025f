import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityRefOf } from '@service-ownership/backstage-plugin-ownership-common';
import { readAhead } from './readAhead';
import { withoutOthers } from './streamComponents';

/** Refs are short: the catalog is sooner done with a page of them. */
const PAGE_SIZE = 1000;

/**
 * Streams the refs of all components, each once.
 *
 * @throws whatever the catalog throws: the stream is complete exactly if it
 * ends without
 */
export async function* streamRefs(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  /** In lower case. */
  kinds: ReadonlySet<string>;
  signal: AbortSignal;
}): AsyncGenerator<string[]> {
  const { catalog, credentials, kinds, signal } = options;
  // Pages may overlap where the catalog changes while it is read.
  const seen = new Set<string>();
  const pages = catalog.streamEntities(
    {
      query: withoutOthers(kinds),
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      pageSize: PAGE_SIZE,
    },
    { credentials },
  );
  for await (const page of readAhead(pages)) {
    signal.throwIfAborted();
    const refs: string[] = [];
    for (const entity of page) {
      const ref = kinds.has(entity.kind.toLocaleLowerCase('en-US'))
        ? entityRefOf(entity)
        : undefined;
      if (ref && !seen.has(ref)) {
        seen.add(ref);
        refs.push(ref);
      }
    }
    if (refs.length > 0) {
      yield refs;
    }
  }
}
