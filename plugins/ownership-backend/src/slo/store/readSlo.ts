import type {
  SloMemberPart,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { refText } from '../../api/whereOwnedBy';
import type { ComponentDocument } from '../../drift/ComponentDocument';
import { columnText } from '../../drift/store/columnText';
import type { StoredSlo } from './SloRow';

/** One SLO with what its page shows of its component. */
export interface SloWithComponent extends StoredSlo {
  /** Absent until it was evaluated for the first time. */
  status?: SloStatus;
  /** Of a composite: the part of each member. */
  members?: SloMemberPart[];
  entityTitle?: string;
  tier?: string;
  /** Absent where no scan has stored the component. */
  document?: ComponentDocument;
  fineSeconds: number;
  /** Whether any time was ever excluded: spares a statement where none was. */
  hasExclusions: boolean;
  /** Whether there may be anything to mark on its charts. */
  hasMarkers: boolean;
}

/** One SLO by component and name. */
export async function readSlo(
  knex: Knex,
  options: { entityRef: string; slo: string },
): Promise<SloWithComponent | undefined> {
  const row = await knex('slos as d')
    .leftJoin('slo_statuses as s', 's.slo_id', 'd.id')
    .leftJoin('components as c', 'c.entity_ref', 'd.entity_ref')
    .where('d.entity_ref', refText(options.entityRef))
    .where('d.name', columnText(options.slo, 100))
    .whereNull('d.removed_at')
    .first(
      'd.id',
      'd.entity_ref',
      'd.definition',
      'd.last_data_end',
      'd.revision',
      'd.fine_seconds',
      's.status',
      's.members',
      'c.title',
      'c.tier',
      'c.document',
      knex.raw(
        `case when exists (select 1 from slo_exclusions x where x.slo_id = d.id)
         then 1 else 0 end as has_exclusions`,
      ),
      knex.raw(
        `case when exists (select 1 from slo_alert_changes x where x.slo_id = d.id)
           or exists (select 1 from slo_changes x where x.slo_id = d.id)
           or exists (select 1 from deployments x where x.entity_ref = d.entity_ref)
           or exists (select 1 from incidents x where x.entity_ref = d.entity_ref)
         then 1 else 0 end as has_markers`,
      ),
    );
  return (
    row && {
      id: row.id,
      entityRef: row.entity_ref,
      definition: JSON.parse(row.definition),
      lastDataEnd:
        row.last_data_end === null ? undefined : Number(row.last_data_end),
      revision: row.revision,
      fineSeconds: row.fine_seconds,
      hasExclusions: Number(row.has_exclusions) === 1,
      hasMarkers: Number(row.has_markers) === 1,
      status: row.status ? JSON.parse(row.status) : undefined,
      members: row.members ? JSON.parse(row.members) : undefined,
      entityTitle: row.title ?? undefined,
      tier: row.tier ?? undefined,
      document: row.document ? JSON.parse(row.document) : undefined,
    }
  );
}
