import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mockCredentials } from '@backstage/backend-test-utils';

/** What becomes of an answer. */
export type Answer = 'whole' | 'unavailable' | 'cut off' | Promise<void>;

/** A catalog that answers over HTTP, as well or as badly as it is told. */
export class CatalogServer {
  entities: Entity[] = [];
  /** Asked before every page: what becomes of it. */
  onPage: (page: number) => Answer = () => 'whole';
  readonly #server: Server = createServer();
  #pages = 0;

  static async start(): Promise<CatalogServer> {
    const catalog = new CatalogServer();
    catalog.#server.on('request', (request, response) =>
      catalog.#answer(request, response),
    );
    catalog.#server.listen(0, '127.0.0.1');
    await once(catalog.#server, 'listening');
    return catalog;
  }

  /** The catalog as a plugin sees it, with the client it has in a backend. */
  async client(): Promise<CatalogService> {
    const { port } = this.#server.address() as AddressInfo;
    const tester = ServiceFactoryTester.from(
      createServiceFactory({
        service: createServiceRef<CatalogService>({ id: 'faults.catalog' }),
        deps: { catalog: catalogServiceRef },
        factory: ({ catalog }) => catalog,
      }),
      {
        dependencies: [
          mockServices.discovery.mock({
            getBaseUrl: async () => `http://127.0.0.1:${port}`,
          }).factory,
        ],
      },
    );
    return tester.getSubject();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const isPage = pathname === '/entities/by-query';
    this.#pages += isPage ? 1 : 0;
    const becomes = isPage ? this.onPage(this.#pages) : 'whole';
    if (typeof becomes !== 'string') {
      await becomes;
    }
    const body = JSON.stringify(
      await this.#bodyOf(request, pathname, searchParams),
    );
    if (becomes === 'unavailable') {
      response.writeHead(503).end('The catalog is starting');
    } else {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      if (becomes === 'cut off') {
        response.write(body.slice(0, body.length / 2), () =>
          response.destroy(),
        );
      } else {
        response.end(body);
      }
    }
  }

  async #bodyOf(
    request: IncomingMessage,
    pathname: string,
    query: URLSearchParams,
  ): Promise<unknown> {
    const catalog = catalogServiceMock({ entities: this.entities });
    const credentials = mockCredentials.service();
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const sent =
      chunks.length > 0 ? JSON.parse(`${Buffer.concat(chunks)}`) : {};
    if (pathname === '/entity-facets') {
      return catalog.getEntityFacets(
        { facets: query.getAll('facet') },
        { credentials },
      );
    }
    if (pathname === '/entities/by-refs') {
      return catalog.getEntitiesByRefs(sent, { credentials });
    }
    if (pathname === '/entities/by-query') {
      const limit = Number(query.get('limit') ?? sent.limit ?? 20);
      const cursor = query.get('cursor') ?? sent.cursor;
      const kinds = query
        .getAll('filter')
        .flatMap(filter =>
          filter.split(',').map(part => part.replace(/^kind=/, '')),
        );
      const { items: matching } = await catalog.queryEntities(
        { query: sent.query ?? {}, limit: this.entities.length + 1 },
        { credentials },
      );
      const selected = matching.filter(
        ({ kind }) => kinds.length === 0 || kinds.includes(kind),
      );
      const at = Number(cursor ?? 0);
      const next = at + Math.min(limit, 20);
      return {
        items: selected.slice(at, next),
        totalItems: selected.length,
        pageInfo: next < selected.length ? { nextCursor: `${next}` } : {},
      };
    }
    return {};
  }
}
