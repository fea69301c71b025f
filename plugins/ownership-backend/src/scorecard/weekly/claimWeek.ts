import type { Knex } from 'knex';

/** A replica that claimed a digest and has not sent it in this time is gone. */
const LOST_MS = 600_000;

/**
 * Claims the digest of one recipient and week for this replica. One that was
 * claimed and not sent in ten minutes was lost with its replica, and may be
 * claimed again: the message takes the place of the first.
 *
 * @returns whether it is this replica's to send
 */
export async function claimWeek(
  knex: Knex,
  options: { recipient: string; week: string; now: Date },
): Promise<boolean> {
  const { recipient, week, now } = options;
  const claimed_at = now.toISOString();
  const inserted = await knex('weekly_digests')
    .insert({ recipient, week, claimed_at })
    .onConflict(['recipient', 'week'])
    .ignore()
    .returning('recipient');
  if (inserted.length > 0) {
    return true;
  }
  const lostBefore = new Date(now.getTime() - LOST_MS).toISOString();
  const retaken = await knex('weekly_digests')
    .where({ recipient, week })
    .whereNull('sent_at')
    .where('claimed_at', '<', lostBefore)
    .update({ claimed_at });
  return retaken > 0;
}

/** Notes that a claimed digest is done with, or gives the claim back. */
export async function settleWeek(
  knex: Knex,
  options: { recipient: string; week: string; sentAt: Date | undefined },
): Promise<void> {
  const { recipient, week, sentAt } = options;
  const query = knex('weekly_digests').where({ recipient, week });
  await (sentAt
    ? query.update({ sent_at: sentAt.toISOString() })
    : query.delete());
}
