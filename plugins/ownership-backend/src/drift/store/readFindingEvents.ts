import type { FindingEvent } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

/** The time line of a finding, oldest first; the latest 200 entries. */
export async function readFindingEvents(options: {
  knex: Knex;
  findingId: string;
}): Promise<FindingEvent[]> {
  const { knex, findingId } = options;
  const rows: Array<{
    id: number | string;
    at: string;
    type: string;
    by: string | null;
    detail: string | null;
  }> = await knex('finding_events')
    .select('id', 'at', 'type', 'by', 'detail')
    .where('finding_id', findingId)
    .orderBy('id', 'desc')
    .limit(200);
  return rows.reverse().map(({ id, at, type, by, detail }) => ({
    id: type === 'commented' ? String(id) : undefined,
    at,
    type,
    by: by ?? undefined,
    detail: detail ?? undefined,
  }));
}
