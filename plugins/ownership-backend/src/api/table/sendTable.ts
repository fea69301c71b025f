import { InputError } from '@backstage/errors';
import type { ApiRoute } from '@service-ownership/backstage-plugin-ownership-common';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { listItem } from './listItem';
import { tableFormats } from './tableFormats';

/** Most items a page of the API holds. */
const PAGE = 500;

interface ListAnswer {
  items: unknown[];
  pageInfo?: { nextCursor?: string };
}

/**
 * Any list of the API as a file: with `?format=csv` or `?format=json` the call
 * answers with all its items, page after page, in constant memory. Gives false
 * where no format was asked for.
 *
 * @throws InputError where there is no such format or no list
 */
export async function sendTable(options: {
  route: ApiRoute;
  query: Record<string, unknown>;
  /** The call itself, for one page. */
  ask(query: Record<string, unknown>): Promise<unknown>;
  response: Response;
  signal: AbortSignal;
}): Promise<boolean> {
  const { route, ask, response, signal } = options;
  const { format: wanted, cursor, limit, ...query } = options.query;
  // The drift report has formats of its own, and says which.
  if (wanted === undefined || route.query?.shape.format) {
    return false;
  }
  const item = listItem(route);
  if (!item) {
    throw new InputError('format: this call does not answer with a list');
  }
  if (wanted !== 'csv' && wanted !== 'json') {
    throw new InputError('format: expected csv or json');
  }

  const paged = route.query?.shape.cursor !== undefined;
  // The first page is asked for before anything is sent, so that a mistake in
  // the query is still an error and not half a file.
  const first = await askPage();
  const format = tableFormats[wanted];
  response.setHeader('Content-Type', format.contentType);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="${filename(route)}.${wanted}"`,
  );
  try {
    await pipeline(Readable.from(format.write(pages(), item)), response);
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
  return true;

  async function* pages() {
    let page = first;
    for (;;) {
      yield page.items;
      const next = page.pageInfo?.nextCursor;
      if (!next) {
        return;
      }
      page = await askPage(next);
    }
  }

  async function askPage(next?: string): Promise<ListAnswer> {
    return (await ask(
      paged ? { ...query, limit: PAGE, cursor: next } : query,
    )) as ListAnswer;
  }
}

function filename(route: ApiRoute): string {
  return [
    'ownership',
    ...route.path.split('/').filter(part => part && !part.startsWith(':')),
  ].join('-');
}
