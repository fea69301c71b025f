import type { Knex } from 'knex';
import { columnText } from './columnText';

/**
 * Takes the words out of a comment; that there was one stays in the time line.
 * False where this person wrote no such comment.
 */
export async function deleteComment(options: {
  knex: Knex;
  findingId: string;
  /** Id of its entry in the time line. */
  comment: string;
  by: string;
}): Promise<boolean> {
  const { knex, findingId, comment, by } = options;
  // More digits than a number holds exactly are no id.
  if (!/^[0-9]{1,15}$/.test(comment)) {
    return false;
  }
  const deleted = await knex('finding_events')
    .where({
      id: Number(comment),
      finding_id: columnText(findingId, 500),
      type: 'commented',
      by,
    })
    .update({ type: 'comment-deleted', detail: null });
  return deleted > 0;
}
