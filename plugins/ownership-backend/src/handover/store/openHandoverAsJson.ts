import type { HandoverBrief } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { HandoverRow } from './HandoverRow';

/** What `openHandoverAsJson` selects, read. */
interface OpenHandover
  extends Pick<
    HandoverRow,
    'id' | 'state' | 'to_ref' | 'from_refs' | 'due_at'
  > {
  items: number;
  done: number;
  /** The teams; `title` is null for one that is not in the catalog. */
  teams: Array<{ ref: string; title: string | null }>;
}

/**
 * A sub-select that gives the open handover of the component `c` as JSON, or
 * null where there is none: the page of a component asks for it in the same
 * statement as for the rest.
 */
export function openHandoverAsJson(knex: Knex): string {
  const postgres = knex.client.config.client === 'pg';
  const object = postgres ? 'json_build_object' : 'json_object';
  const list = postgres ? 'json_agg' : 'json_group_array';
  const items = `FROM handover_items i WHERE i.handover_id = h.id`;
  const teams = `(SELECT ${list}(${object}('ref', t.team_ref, 'title', p.title))
    FROM handover_teams t
    LEFT JOIN directory_principals p ON p.ref = t.team_ref
    WHERE t.handover_id = h.id)`;
  return `SELECT ${object}(
      'id', h.id,
      'state', h.state,
      'to_ref', h.to_ref,
      'from_refs', h.from_refs,
      'due_at', h.due_at,
      'items', (SELECT count(*) ${items}),
      'done', (SELECT count(i.done_at) ${items}),
      'teams', ${postgres ? teams : `json(${teams})`}
    )${postgres ? '::text' : ''}
    FROM handover_components x JOIN handovers h ON h.id = x.handover_id
    WHERE x.open_ref = c.entity_ref`;
}

/** The handover in short, from what was selected. */
export function toHandoverBrief(
  json: string | null | undefined,
): HandoverBrief | undefined {
  if (!json) {
    return undefined;
  }
  const row: OpenHandover = JSON.parse(json);
  const titles = new Map(row.teams.map(({ ref, title }) => [ref, title]));
  const team = (ref: string) => ({
    ref,
    title: titles.get(ref) ?? ref,
    resolves: Boolean(titles.get(ref)),
  });
  return {
    id: row.id,
    state: row.state,
    to: team(row.to_ref),
    from: (JSON.parse(row.from_refs) as string[]).map(team),
    dueAt: row.due_at,
    done: row.done,
    items: row.items,
  };
}
