import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { entityRefOf } from '@service-ownership/backstage-plugin-ownership-common';

// Smaller than what is asked for, so that a scan has many pages.
const PAGE_SIZE = 60;

/** As much of a catalog as a scan asks for, over a list of entities. */
export function listCatalog(options: {
  entities: () => Entity[];
  /** Called before every answer. */
  onAnswer: (what: string) => Promise<void>;
}): CatalogService {
  const { entities, onAnswer } = options;
  const catalog: Partial<CatalogService> = {
    async getEntityFacets() {
      await onAnswer('facets');
      const counts = new Map<string, number>();
      entities().forEach(({ kind }) =>
        counts.set(kind, (counts.get(kind) ?? 0) + 1),
      );
      return {
        facets: {
          kind: [...counts].map(([value, count]) => ({ value, count })),
        },
      };
    },
    async *streamEntities(request) {
      const isAskedFor = askedFor(request);
      const selected = entities().filter(({ kind }) => isAskedFor(kind));
      for (let at = 0; at < selected.length; at += PAGE_SIZE) {
        await onAnswer(isAskedFor('Component') ? 'page' : 'part');
        yield selected.slice(at, at + PAGE_SIZE);
      }
    },
    async getEntitiesByRefs({ entityRefs }) {
      await onAnswer('refs');
      const byRef = new Map(
        entities().map(entity => [entityRefOf(entity), entity]),
      );
      return { items: entityRefs.map(ref => byRef.get(ref)) };
    },
    async refreshEntity() {
      await onAnswer('refresh');
    },
  };
  return catalog as CatalogService;
}

function askedFor(
  request: Parameters<CatalogService['streamEntities']>[0],
): (kind: string) => boolean {
  const { filter, query } = request as {
    filter?: { kind: string[] };
    query?: { kind?: string; $all?: Array<{ $not: { kind: string } }> };
  };
  const others = query?.$all?.map(({ $not }) => $not.kind) ?? [];
  const kinds = query?.kind ? [query.kind] : filter?.kind;
  return kind => (kinds?.includes(kind) ?? true) && !others.includes(kind);
}
