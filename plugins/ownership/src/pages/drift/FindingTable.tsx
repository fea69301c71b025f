import { OwnerName } from '../screen/OwnerName';
import type { Finding } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  RelativeTime,
  SeverityLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Column, Sorting } from '../screen/DataTable';
import { VirtualTable } from '../screen/VirtualTable';
import { usePagesTranslation } from '../usePagesTranslation';
import { closedReason } from './closedReason';
import type { FindingSelection } from './useSelection';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * Findings to scroll through: what is wrong, where, whose it is and since when.
 *
 * @internal
 */
export function FindingTable(props: {
  question: string;
  total: number;
  reachable: number;
  rowAt(index: number): Finding | undefined;
  onRange(range: { first: number; last: number }): void;
  /** They are closed: since when and why matters more than since when it was open. */
  closed: boolean;
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  selection: FindingSelection;
  openId?: string;
  onOpen(finding: Finding): void;
  onClose(): void;
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const { selection } = props;
  const columns: Column<Finding>[] = [
    {
      id: 'severity',
      header: t('pages.drift.table.severity'),
      sortKey: 'severity',
      width: '104px',
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
            tabIndex={-1}
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
              <RelativeTime value={finding.closedAt ?? finding.firstSeenAt} />
              {' · '}
            </span>
            <span className={screen.code}>{finding.ruleId}</span>
            {finding.state !== 'open' &&
              ` · ${t(`pages.drift.findingState.${finding.state}`)}`}
            {finding.closedReason &&
              `: ${closedReason({ t, reason: finding.closedReason })}`}
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
      width: '18%',
      cell: finding => (
        <EntityName entityRef={finding.entityRef} title={finding.entityTitle} />
      ),
    },
    {
      id: 'owner',
      header: t('pages.drift.table.owner'),
      wideOnly: true,
      width: '16%',
      cell: finding => <OwnerName refs={finding.ownerRefs} />,
    },
    {
      id: 'since',
      header: t('pages.drift.table.since'),
      sortKey: 'firstSeenAt',
      align: 'end',
      wideOnly: true,
      width: '140px',
      cell: finding => <RelativeTime value={finding.firstSeenAt} />,
    },
  ];
  if (props.closed) {
    columns.splice(-1, 1, {
      id: 'closed',
      header: t('pages.drift.table.closed'),
      align: 'end',
      wideOnly: true,
      width: '140px',
      cell: finding =>
        finding.closedAt && <RelativeTime value={finding.closedAt} />,
    });
  }
  return (
    <VirtualTable
      caption={t('pages.drift.table.caption')}
      columns={columns}
      count={props.reachable}
      total={props.total}
      rowAt={props.rowAt}
      onRange={props.onRange}
      rowKey={finding => finding.id}
      sorting={props.sorting}
      onSort={props.onSort}
      selected={selection.ids}
      onToggle={finding => selection.toggle(finding.id)}
      selectAll={{
        label: t('pages.drift.table.selectAll'),
        checked: selection.all,
        mixed: !selection.all && selection.ids.size > 0,
      }}
      onSelectAll={selection.toggleAll}
      selectLabel={finding =>
        t('pages.drift.table.select', { message: finding.message })
      }
      onOpen={props.onOpen}
      onClose={props.onClose}
      openKey={props.openId}
      stale={props.stale}
      question={props.question}
      footer={({ from, to }) => (
        <p className={styles.tableFoot}>
          {t('pages.table.range', { from, to, total: props.total })}
        </p>
      )}
    />
  );
}
