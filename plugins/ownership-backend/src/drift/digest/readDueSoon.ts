import { plainText } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { DueEntry } from './Digest';

/** How long before it ends or is due a team hears of something. */
export const DUE_SOON_MS = 14 * 86_400_000;

// Far more than people read; one import of contracts may date thousands alike.
const MAX = 5000;

/**
 * What comes within sight between two moments, for each owner that has
 * somebody active: waivers that end, contract reviews that are due. Told once
 * each: what is in sight already is not given again.
 */
export async function readDueSoon(options: {
  knex: Knex;
  /** ISO 8601: the last time somebody looked. */
  after: string;
  /** ISO 8601. */
  until: string;
}): Promise<Array<{ recipient: string; entry: DueEntry }>> {
  const { knex } = options;
  const [after, until] = [options.after, options.until].map(moment =>
    new Date(Date.parse(moment) + DUE_SOON_MS).toISOString(),
  );
  const owned = (query: Knex.QueryBuilder, column: string) =>
    query
      .join('component_owners as o', 'o.entity_ref', 'c.entity_ref')
      .join('directory_principals as p', 'p.ref', 'o.owner_ref')
      .where('p.active', true)
      .where(either =>
        either.where('p.kind', 'user').orWhere('p.active_member_count', '>', 0),
      )
      .where(column, '>', after)
      .where(column, '<=', until)
      .orderBy([column, 'c.entity_ref', 'o.owner_ref'])
      .limit(MAX)
      .select('c.name', 'c.title', { recipient: 'o.owner_ref', at: column });

  const [waivers, reviews] = await Promise.all([
    owned(
      knex('components as c')
        .join('findings as f', 'f.entity_ref', 'c.entity_ref')
        .where('f.state', 'waived')
        .select('f.id', 'f.message'),
      'f.waiver_expires_at',
    ),
    owned(
      knex('components as c').select({ id: 'c.entity_ref' }),
      'c.review_due_at',
    ),
  ]);
  return [
    ...(waivers as DueRow[]).map(row => entryOf('waiver', row)),
    ...(reviews as DueRow[]).map(row => entryOf('review', row)),
  ];
}

interface DueRow {
  id: string;
  recipient: string;
  name: string;
  title: string | null;
  message?: string;
  at: string;
}

function entryOf(
  kind: DueEntry['kind'],
  { recipient, id, name, title, message, at }: DueRow,
): { recipient: string; entry: DueEntry } {
  return {
    recipient,
    entry: { kind, id, entityTitle: plainText(title) || name, message, at },
  };
}
