import type { SliPushResult } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/** A push that was seen before. */
export interface StoredPush {
  /** SHA-256 of its samples. */
  digest: string;
  result: SliPushResult;
}

/** The push of a key, if there was one. */
export async function readPush(
  knex: Knex,
  key: string,
): Promise<StoredPush | undefined> {
  const row = await knex('sli_pushes').where({ key }).first();
  return row && { digest: row.digest, result: JSON.parse(row.result) };
}

/**
 * Notes a push; part of the transaction that writes its buckets, so that a
 * key stands for buckets that are there.
 *
 * @returns false if another replica noted the same key at the same time
 */
export async function notePush(
  knex: Knex,
  options: { key: string; now: Date } & StoredPush,
): Promise<boolean> {
  const { key, now, digest, result } = options;
  // A second writer of the same key waits here for the first one to commit.
  const inserted = await knex('sli_pushes')
    .insert({
      key,
      digest,
      pushed_at: now.toISOString(),
      result: JSON.stringify(result),
    })
    .onConflict('key')
    .ignore()
    .returning('key');
  return inserted.length > 0;
}
