import type { Knex } from 'knex';

/**
 * Notes what became of a change that was claimed. Says nothing about one that
 * another has claimed since.
 */
export async function markChange(options: {
  knex: Knex;
  id: number;
  claim: string;
  mark: {
    published_at?: string;
    notified_at?: string;
    /** JSON: refs of those who were notified. */
    told?: string;
    sent_at?: string;
    attempts?: number;
    free_at?: string;
  };
}): Promise<void> {
  const { knex, id, claim, mark } = options;
  await knex('slo_alert_changes').where({ id, claim }).update(mark);
}
