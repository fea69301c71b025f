import { Button } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useEffect, useRef, useState } from 'react';
import { DataTableSkeleton } from '../screen/DataTable';
import { Pager } from '../screen/Pager';
import { Panel } from '../screen/Panel';
import { sortingOf, sortingText } from '../screen/sorting';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { ActiveFilters } from './ActiveFilters';
import { AliasDialog } from './alias/AliasDialog';
import { AliasList } from './alias/AliasList';
import { useAliases } from './alias/useAliases';
import { AssignDialog } from './AssignDialog';
import { BulkBar } from './BulkBar';
import { FindingDrawer } from './FindingDrawer';
import { FindingFilters } from './FindingFilters';
import { findingFilterOf, withoutFilters } from './findingFilter';
import { FindingTable } from './FindingTable';
import { groupByOf, GroupPanel } from './GroupPanel';
import { HistoryPanel } from './HistoryPanel';
import { ReportDownload } from './ReportDownload';
import { ScanStrip } from './ScanStrip';
import { SuspendedScanAlert } from './SuspendedScanAlert';
import { TombstonePanel } from './TombstonePanel';
import { useBulkAction } from './useBulkAction';
import {
  useDriftHistory,
  useDriftSummary,
  useFinding,
  useFindings,
  useRules,
} from './useDriftReport';
import { useScan } from './useScan';
import { WaiveDialog } from './WaiveDialog';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const pageSize = 25;
const historyDays = 42;
const sortKeys = ['severity', 'firstSeenAt', 'entityRef', 'ruleId'];
const none: ReadonlySet<string> = new Set();

/**
 * A platform engineer's work list: what is wrong, where most of it comes from,
 * and what can be done about it.
 *
 * @internal
 */
export function DriftScreen() {
  const { t } = usePagesTranslation();
  const { params, change, open } = useUrlQuery();
  const teams = useTeams();
  const rules = useRules().value?.items ?? [];

  // Counts up whenever what is on the screen may no longer be true.
  const [version, setVersion] = useState(0);
  const refresh = () => setVersion(count => count + 1);
  const scan = useScan({ onFinished: refresh });

  // The change of an alias has started a scan: it is followed to its end.
  const aliases = useAliases({ version });
  const [repointed, setRepointed] = useState<{
    key: string;
    components: number;
  }>();
  const healed = () => {
    refresh();
    scan.start();
  };

  const filter = findingFilterOf(params);
  const groupBy = groupByOf(params.get('groupBy'));
  const sorting = sortingOf(params.get('orderBy'), sortKeys, {
    key: 'severity',
    direction: 'asc',
  });
  const findings = useFindings({
    filter,
    orderBy: params.get('orderBy') ? sortingText(sorting) : undefined,
    cursor: params.get('cursor') ?? undefined,
    limit: pageSize,
    version,
  });
  const summary = useDriftSummary({ filter, groupBy, version });
  const history = useDriftHistory({
    team: filter.team,
    days: historyDays,
    version,
  });

  const openId = params.get('finding') ?? undefined;
  const finding = useFinding({ id: openId, version });

  // What was selected on one page is not what the eye sees on the next.
  const place = params.toString().replace(/&?finding=[^&]*/, '');
  const [selection, setSelection] = useState({ place, ids: none });
  const selected = selection.place === place ? selection.ids : none;
  const select = (ids: ReadonlySet<string>) => setSelection({ place, ids });

  const bulk = useBulkAction();
  const [waiving, setWaiving] = useState<string[]>([]);
  const [assigning, setAssigning] = useState<string[]>([]);
  const lastOpened = useRef<HTMLElement>();
  useEffect(() => {
    if (!openId) {
      lastOpened.current?.focus();
      lastOpened.current = undefined;
    }
  }, [openId]);

  const settle = (failed: Array<{ id: string }>) => {
    select(new Set(failed.map(failure => failure.id)));
    refresh();
  };
  const narrowed = Object.values(filter).some(part => part !== undefined);
  const { value } = findings;

  return (
    <div className={screen.screen}>
      <SuspendedScanAlert scan={scan.running ? undefined : scan.scan} />
      <ScanStrip {...scan} actions={<ReportDownload filter={filter} />} />
      <div className={styles.layout}>
        <div className={styles.side}>
          <GroupPanel
            summary={summary}
            groupBy={groupBy}
            chosen={params.getAll(groupBy)}
            onGroupBy={next => open({ groupBy: next })}
            onChoose={key => change({ [groupBy]: key })}
            onRepoint={setRepointed}
            aliases={
              <AliasList
                aliases={aliases.value?.items ?? []}
                onChanged={healed}
              />
            }
          />
        </div>
        <div className={styles.main}>
          <HistoryPanel history={history} days={historyDays} />
          <Panel
            title={t('pages.drift.table.title')}
            note={t('pages.drift.table.hint')}
            flush
          >
            <div className={styles.filterPanel}>
              <FindingFilters teams={teams} rules={rules} />
              <ActiveFilters teams={teams} rules={rules} />
            </div>
            <BulkBar
              count={selected.size}
              running={bulk.running}
              result={bulk.result}
              onAcknowledge={async () => {
                const { failures } = await bulk.run([...selected], {
                  action: 'acknowledge',
                });
                settle(failures);
              }}
              onWithdraw={async () => {
                const { failures } = await bulk.run([...selected], {
                  action: 'withdraw',
                });
                settle(failures);
              }}
              onAssign={() => setAssigning([...selected])}
              onWaive={() => setWaiving([...selected])}
              onClear={() => {
                select(none);
                bulk.clear();
              }}
            />
            {findings.error && (
              <ErrorState
                title={t('pages.drift.table.errorTitle')}
                error={findings.error}
                retry={findings.retry}
              />
            )}
            {!value && !findings.error && <DataTableSkeleton columns={6} />}
            {value?.items.length === 0 && (
              <EmptyState
                title={t(
                  narrowed
                    ? 'pages.drift.table.emptyTitle'
                    : 'pages.drift.table.cleanTitle',
                )}
                description={t(
                  narrowed
                    ? 'pages.drift.table.emptyNext'
                    : 'pages.drift.table.cleanNext',
                )}
                action={
                  narrowed && (
                    <Button
                      variant="secondary"
                      onPress={() => change(withoutFilters())}
                    >
                      {t('pages.drift.filters.clear')}
                    </Button>
                  )
                }
              />
            )}
            {value && value.items.length > 0 && (
              <>
                <FindingTable
                  findings={value.items}
                  sorting={sorting}
                  onSort={next => change({ orderBy: sortingText(next) })}
                  selected={selected}
                  onSelect={select}
                  openId={openId}
                  onOpen={next => {
                    lastOpened.current = document.activeElement as HTMLElement;
                    open({ finding: next.id });
                  }}
                  stale={findings.loading}
                />
                <Pager
                  totalItems={value.totalItems}
                  shown={value.items.length}
                  pageSize={pageSize}
                  pageInfo={value.pageInfo}
                />
              </>
            )}
          </Panel>
          <TombstonePanel version={version} />
        </div>
      </div>
      {openId && (
        <FindingDrawer
          id={openId}
          finding={finding}
          onClose={() => open({ finding: undefined })}
          onWaive={() => setWaiving([openId])}
          onChanged={refresh}
        />
      )}
      {assigning.length > 0 && (
        <AssignDialog
          count={assigning.length}
          onClose={() => setAssigning([])}
          onAssign={async request => {
            const { failures } = await bulk.run(assigning, {
              action: 'reassign',
              ...request,
            });
            if (failures.length === assigning.length) {
              throw new Error(failures[0].message);
            }
            setAssigning([]);
            settle(failures);
          }}
        />
      )}
      {repointed && (
        <AliasDialog
          from={repointed.key}
          components={repointed.components}
          onClose={() => setRepointed(undefined)}
          onDone={() => {
            setRepointed(undefined);
            healed();
          }}
        />
      )}
      <WaiveDialog
        count={waiving.length}
        needsApproval={
          waiving[0] === openId && finding.value?.may?.needsApproval
        }
        onClose={() => setWaiving([])}
        onWaive={async request => {
          const { failures } = await bulk.run(waiving, {
            action: 'waive',
            ...request,
          });
          if (failures.length === waiving.length) {
            throw new Error(failures[0].message);
          }
          setWaiving([]);
          settle(failures);
        }}
      />
    </div>
  );
}
