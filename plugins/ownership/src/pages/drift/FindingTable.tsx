import { OwnerName } from '../screen/OwnerName';
import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  RelativeTime,
  SeverityLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import { DataTable } from '../screen/DataTable';
import type { Column, Sorting } from '../screen/DataTable';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * A page of findings: what is wrong, where, whose it is and since when.
 *
 * @internal
 */
export function FindingTable(props: {
  findings: Finding[];
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  selected: ReadonlySet<string>;
  onSelect(selected: Set<string>): void;
  openId?: string;
  onOpen(finding: Finding): void;
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const columns: Column<Finding>[] = [
    {
      id: 'severity',
      header: t('pages.drift.table.severity'),
      sortKey: 'severity',
      cell: finding => <SeverityLabel severity={finding.severity} />,
    },
    {
      id: 'finding',
      header: t('pages.drift.table.finding'),
      sortKey: 'ruleId',
      cell: finding => (
        <div className={styles.findingText}>
          <button
            type="button"
            className={styles.findingOpen}
            onClick={() => props.onOpen(finding)}
          >
            {finding.message}
          </button>
          <span className={screen.small}>
            <span className={screen.narrowOnly}>
              <EntityName
                entityRef={finding.entityRef}
                title={finding.entityTitle}
              />
              {' · '}
              <RelativeTime value={finding.firstSeenAt} />
              {' · '}
            </span>
            <span className={screen.code}>{finding.ruleId}</span>
            {finding.state !== 'open' &&
              ` · ${t(`pages.drift.findingState.${finding.state}`)}`}
            {finding.waiverRequest && ` · ${t('pages.drift.table.requested')}`}
            {finding.assignee && (
              <>
                {' · '}
                <EntityName entityRef={finding.assignee} />
              </>
            )}
            {finding.reopenedCount > 0 &&
              ` · ${t('pages.drift.table.reopened', {
                count: finding.reopenedCount,
              })}`}
          </span>
        </div>
      ),
    },
    {
      id: 'component',
      header: t('pages.drift.table.component'),
      sortKey: 'entityRef',
      wideOnly: true,
      cell: finding => (
        <EntityName entityRef={finding.entityRef} title={finding.entityTitle} />
      ),
    },
    {
      id: 'owner',
      header: t('pages.drift.table.owner'),
      wideOnly: true,
      cell: finding => <OwnerName refs={finding.ownerRefs} />,
    },
    {
      id: 'since',
      header: t('pages.drift.table.since'),
      sortKey: 'firstSeenAt',
      align: 'end',
      wideOnly: true,
      cell: finding => <RelativeTime value={finding.firstSeenAt} />,
    },
  ];
  return (
    <DataTable
      caption={t('pages.drift.table.caption')}
      columns={columns}
      rows={props.findings}
      rowKey={finding => finding.id}
      rowName={finding => finding.message}
      sorting={props.sorting}
      onSort={props.onSort}
      selected={props.selected}
      onSelect={props.onSelect}
      selectAllLabel={t('pages.drift.table.selectAll')}
      selectLabel={finding =>
        t('pages.drift.table.select', { message: finding.message })
      }
      onOpen={props.onOpen}
      openKey={props.openId}
      stale={props.stale}
    />
  );
}
