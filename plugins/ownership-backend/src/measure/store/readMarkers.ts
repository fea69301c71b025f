import type { SloHistory } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';

type Marker = SloHistory['markers'][number];

const MAX_MARKERS = 500;
/** What goes on until it ends. */
const lasting = ['incident', 'alert'];

/** Something that happened, as the queries for markers give it. */
export interface MarkerRow {
  kind: string;
  at: string;
  until: string | null;
  text: string | null;
  url: string | null;
}

/**
 * What happened to a component in production, oldest first: the latest 500
 * deployments, rollbacks, removals and incidents, in one statement. `others`
 * are read with it: queries for rows of the same columns.
 */
export async function readMarkers(
  knex: Knex,
  options: {
    entityRef: string;
    from: string;
    to: string;
    others?: Knex.QueryBuilder[];
  },
): Promise<Marker[]> {
  const { entityRef, from, to, others = [] } = options;
  const deployments = knex('deployments')
    .where({ entity_ref: entityRef, counts: true })
    .whereNot('kind', 'published')
    .whereBetween('at', [from, to])
    .select(
      knex.raw(
        "CASE WHEN outcome = 'failure' THEN 'failed' ELSE kind END AS kind",
      ),
      'at',
      knex.raw('NULL AS until'),
      { text: 'version' },
      'url',
    );
  const incidents = knex('incidents')
    .where({ entity_ref: entityRef, counts: true })
    .where('began_at', '<=', to)
    .where(query =>
      query.where('resolved_at', '>=', from).orWhereNull('resolved_at'),
    )
    .select(
      knex.raw("'incident' AS kind"),
      { at: 'began_at', until: 'resolved_at', text: 'title' },
      'url',
    );
  const rows: MarkerRow[] = await knex
    .from(deployments.unionAll([incidents, ...others]).as('m'))
    .orderBy('at', 'desc')
    .limit(MAX_MARKERS)
    .select('*');
  return rows.reverse().map(({ kind, at, until, text, url }) => ({
    at,
    kind: toKind(kind),
    title: titleOf(kind, text),
    ...(until && { until }),
    ...(lasting.includes(kind) && !until && { open: true }),
    ...(url && { url }),
  }));
}

function toKind(kind: string): string {
  return kind === 'deployed' || kind === 'upgraded' ? 'deployment' : kind;
}

function titleOf(kind: string, text: string | null): string {
  const version = text ? ` ${text}` : '';
  switch (kind) {
    case 'incident':
      return text ?? 'Incident';
    case 'alert':
    case 'changed':
      return text ?? '';
    case 'rolledback':
      return text ? `Rolled back to${version}` : 'Rolled back';
    case 'removed':
      return `Removed${version}`;
    case 'failed':
      return `Deployment${version} failed`;
    default:
      return `Deployed${version}`;
  }
}
