import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { OwnershipEvent } from '../../events/OwnershipEvents';
import type { DigestMessage } from '../digest/Digest';
import type { DigestNotification } from '../digest/DigestNotification';
import { inSlices } from './inSlices';

/** What a row of the table `scan_news` tells, by its kind. */
export interface NewsBody {
  /** Events to publish. */
  event: OwnershipEvent[];
  /** What a page adds to the digests after the next scan that completes. */
  digest: DigestMessage[];
  /** A notification to send. */
  message: DigestNotification;
}

/** Something that was written and is to be told. */
export interface News<Kind extends keyof NewsBody> {
  id: string;
  /** ISO 8601: when it was written. */
  at: string;
  body: NewsBody[Kind];
}

/**
 * Keeps what is to be told, in the transaction that writes what it tells of.
 * Gives it with the ids by which it is forgotten.
 */
export async function addNews<Kind extends keyof NewsBody>(options: {
  knex: Knex;
  kind: Kind;
  /** ISO 8601. */
  at: string;
  bodies: Array<NewsBody[Kind]>;
}): Promise<Array<News<Kind>>> {
  const { knex, kind, at, bodies } = options;
  const news = bodies.map(body => ({ id: randomUUID(), at, body }));
  for (const slice of inSlices(news)) {
    await knex('scan_news').insert(
      slice.map(({ id, body }) => ({
        id,
        kind,
        at,
        body: JSON.stringify(body),
      })),
    );
  }
  return news;
}

/** What of a kind is not told yet, in the order in which it was written. */
export async function readNews<Kind extends keyof NewsBody>(options: {
  knex: Knex;
  kind: Kind;
  /** ISO 8601; only what was written earlier. */
  before?: string;
}): Promise<Array<News<Kind>>> {
  const { knex, kind, before } = options;
  const query = knex('scan_news').select('id', 'at', 'body').where({ kind });
  if (before) {
    query.where('at', '<', before);
  }
  const rows: Array<{ id: string; at: string; body: string }> =
    await query.orderBy(['at', 'id']);
  return rows.map(({ body, ...row }) => ({ ...row, body: JSON.parse(body) }));
}

/** Forgets what was told. */
export async function forgetNews(options: {
  knex: Knex;
  ids: readonly string[];
}): Promise<void> {
  const { knex, ids } = options;
  for (const slice of inSlices(ids)) {
    await knex('scan_news').whereIn('id', slice).delete();
  }
}
