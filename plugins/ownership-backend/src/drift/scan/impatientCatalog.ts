import type { CatalogService } from '@backstage/plugin-catalog-node';
import { within } from '../../slo/alert/within';

/** As much of the catalog as a scan asks for. */
type Asked = Pick<
  CatalogService,
  'getEntityFacets' | 'getEntitiesByRefs' | 'refreshEntity' | 'streamEntities'
>;

/**
 * A catalog that answers within a time or fails. Its own client waits forever
 * for an answer that broke off, and a scan that waits lets no other one begin.
 */
export function impatientCatalog(options: {
  catalog: CatalogService;
  /** Milliseconds for one answer, which is one page of a stream. */
  limitMs: number;
}): CatalogService {
  const { catalog, limitMs } = options;
  const inTime = <T>(answer: Promise<T>) =>
    within(
      limitMs,
      // What the client says names nobody.
      answer.catch(error => {
        throw new Error(`The catalog failed: ${textOf(error)}`, {
          cause: error,
        });
      }),
      'the catalog',
    );
  const asked: Asked = {
    getEntityFacets: (...request) =>
      inTime(catalog.getEntityFacets(...request)),
    getEntitiesByRefs: (...request) =>
      inTime(catalog.getEntitiesByRefs(...request)),
    refreshEntity: (...request) => inTime(catalog.refreshEntity(...request)),
    async *streamEntities(...request) {
      const pages = catalog.streamEntities(...request)[Symbol.asyncIterator]();
      for (;;) {
        const { done, value } = await inTime(pages.next());
        if (done) {
          return;
        }
        yield value;
      }
    },
  };
  return asked as CatalogService;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
