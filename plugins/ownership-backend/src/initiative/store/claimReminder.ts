import type { Knex } from 'knex';

interface Reminder {
  initiativeId: string;
  stage: string;
  recipient: string;
}

/**
 * Claims a reminder for this replica. One that was claimed and not sent in ten
 * minutes was lost with its replica, and may be claimed again: to tell twice is
 * better than not at all, and the message takes the place of the first.
 *
 * @returns whether it is this replica's to send
 */
export async function claimReminder(
  knex: Knex,
  options: Reminder & { now: Date },
): Promise<boolean> {
  const { now } = options;
  const row = columnsOf(options);
  const claimed_at = now.toISOString();
  const inserted = await knex('initiative_reminders')
    .insert({ ...row, claimed_at })
    .onConflict(['initiative_id', 'stage', 'recipient'])
    .ignore()
    .returning('recipient');
  if (inserted.length > 0) {
    return true;
  }
  const lostBefore = new Date(now.getTime() - 600_000).toISOString();
  const retaken = await knex('initiative_reminders')
    .where(row)
    .whereNull('sent_at')
    .where('claimed_at', '<', lostBefore)
    .update({ claimed_at });
  return retaken > 0;
}

/** Notes that a claimed reminder was sent, or gives the claim back. */
export async function settleReminder(
  knex: Knex,
  options: Reminder & { sentAt: Date | undefined },
): Promise<void> {
  const query = knex('initiative_reminders').where(columnsOf(options));
  await (options.sentAt
    ? query.update({ sent_at: options.sentAt.toISOString() })
    : query.delete());
}

function columnsOf({ initiativeId, stage, recipient }: Reminder) {
  return { initiative_id: initiativeId, stage, recipient };
}
