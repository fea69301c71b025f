import type {
  Finding,
  OwnershipState,
  Page,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { parseOrder } from '../../api/parseOrder';
import { toFinding, type FindingRow } from './FindingRow';
import type { FindingSelection } from './FindingSelection';
import { selectHandling } from './handlingColumns';
import { readLastCompletedScan } from './readLastCompletedScan';
import { readOwnerRefs } from './readOwnerRefs';
import { readPage, type SortKey } from './readPage';
import { selectFindings } from './selectFindings';

/** A finding with what the report says of its component. */
export interface ReportedFinding extends Finding {
  /** Absent where the component left the catalog. */
  entityState?: OwnershipState;
  tier?: string;
}

type ListedRow = FindingRow & {
  entity_title: string | null;
  entity_state: OwnershipState | null;
  tier: string | null;
};

const id: SortKey<ListedRow> = {
  column: 'f.id',
  type: 'string',
  valueOf: row => row.id,
};
const firstSeenAt: SortKey<ListedRow> = {
  column: 'f.first_seen_at',
  type: 'string',
  valueOf: row => row.first_seen_at,
};
const severity: SortKey<ListedRow> = {
  column: 'f.severity_rank',
  type: 'number',
  valueOf: row => row.severity_rank,
};
const entityRef: SortKey<ListedRow> = {
  column: 'f.entity_ref',
  type: 'string',
  valueOf: row => row.entity_ref,
};
const ruleId: SortKey<ListedRow> = {
  column: 'f.rule_id',
  type: 'string',
  valueOf: row => row.rule_id,
};
const SORTINGS = {
  severity: [severity, firstSeenAt, id],
  firstSeenAt: [firstSeenAt, id],
  entityRef: [entityRef, id],
  ruleId: [ruleId, id],
} satisfies Record<string, Array<SortKey<ListedRow>>>;

/**
 * One page of findings; four statements whatever is asked for, three without
 * the total.
 *
 * @throws InputError for an unknown sorting or a cursor of another list
 */
export async function listFindings(options: {
  knex: Knex;
  selection: FindingSelection;
  orderBy?: string;
  cursor?: string;
  limit: number;
  /** Whether `totalItems` is counted; 0 if not. */
  withTotal: boolean;
}): Promise<Page<ReportedFinding>> {
  const { knex, selection, cursor, limit, withTotal } = options;
  const { field, turned } = parseOrder(options.orderBy || undefined, [
    'severity',
    'firstSeenAt',
    'entityRef',
    'ruleId',
  ]);

  const { rows, pageInfo } = await readPage<ListedRow>({
    query: selectHandling(
      selectFindings({ knex, selection }).select(
        'f.*',
        { entity_title: knex.raw('COALESCE(??, ??)', ['c.title', 't.title']) },
        { entity_state: 'c.state' },
        'c.tier',
      ),
    ),
    order: turned ? `${field},desc` : field,
    keys: SORTINGS[field],
    descending: turned,
    cursor,
    limit,
  });
  const [total, owners, lastScan] = await Promise.all([
    withTotal
      ? selectFindings({ knex, selection }).count({ count: '*' }).first()
      : undefined,
    readOwnerRefs({ knex, entityRefs: rows.map(row => row.entity_ref) }),
    readLastCompletedScan({ knex }),
  ]);

  return {
    items: rows.map(row => ({
      ...toFinding(row, {
        ownerRefs: owners.get(row.entity_ref) ?? [],
        entityTitle: row.entity_title ?? undefined,
        lastScanAt: lastScan?.started_at,
      }),
      entityState: row.entity_state ?? undefined,
      tier: row.tier ?? undefined,
    })),
    pageInfo,
    totalItems: Number(total?.count ?? 0),
  };
}
