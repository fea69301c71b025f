import { Button } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingChangeRequest } from '@service-ownership/backstage-plugin-ownership-common';
import { useEffect, useRef, useState } from 'react';
import { DataTableSkeleton } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { sortingOf, sortingText } from '../screen/sorting';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { ActiveFilters } from './ActiveFilters';
import { AliasDialog } from './alias/AliasDialog';
import { AliasList } from './alias/AliasList';
import { AliasOutcome } from './alias/AliasOutcome';
import { useAliases } from './alias/useAliases';
import { AssignDialog } from './AssignDialog';
import { BulkBar } from './BulkBar';
import { FindingDrawer } from './FindingDrawer';
import { FindingFilters } from './FindingFilters';
import {
  findingFilterOf,
  findingStates,
  withoutFilters,
} from './findingFilter';
import { FindingTable } from './FindingTable';
import { choiceOf, chosenGroups, groupByOf, GroupPanel } from './GroupPanel';
import { HistoryPanel, historySpans } from './HistoryPanel';
import { ReportDownload } from './ReportDownload';
import { ScanStrip } from './ScanStrip';
import { SuspendedScanAlert } from './SuspendedScanAlert';
import { TombstonePanel } from './TombstonePanel';
import { useBulkAction, type BulkOutcome } from './useBulkAction';
import {
  useDriftHistory,
  useDriftSummary,
  useFinding,
  useRules,
} from './useDriftReport';
import { useFindingWindow } from './useFindingWindow';
import { useScan } from './useScan';
import { useSelection, type SelectedFindings } from './useSelection';
import { useViews } from './view/useViews';
import { ViewMenu } from './view/ViewMenu';
import { WaiveDialog } from './WaiveDialog';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const sortKeys = ['severity', 'firstSeenAt', 'entityRef', 'ruleId'];

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
  const [repointed, setRepointed] = useState<string>();
  const [pointed, setPointed] = useState<string>();
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
  const views = useViews();
  const { ready } = views;
  const findings = useFindingWindow({
    filter,
    orderBy: params.get('orderBy') ? sortingText(sorting) : undefined,
    version,
    ready,
  });
  const summary = useDriftSummary({ filter, groupBy, version, ready });
  const [historyDays, setHistoryDays] = useState(historySpans[0]);
  const history = useDriftHistory({
    team: filter.team,
    days: historyDays,
    version,
  });

  const openId = params.get('finding') ?? undefined;
  const finding = useFinding({ id: openId, version });

  const { value } = findings;
  const total = value?.total ?? 0;
  const selection = useSelection({
    question: findings.question,
    filter,
    loaded: findings.loaded,
    total,
  });

  const bulk = useBulkAction(findings.question);
  const [waiving, setWaiving] = useState<Asked>();
  const [assigning, setAssigning] = useState<Asked>();
  const lastOpened = useRef<HTMLElement>();
  useEffect(() => {
    if (!openId) {
      lastOpened.current?.focus();
      lastOpened.current = undefined;
    }
  }, [openId]);

  // What could not be changed stays selected.
  const settle = ({ failures }: BulkOutcome) => {
    selection.select(failures);
    refresh();
  };
  const ask = (): Asked => ({
    findings: selection.selected(),
    count: selection.count,
  });
  // Where nothing could be changed, the dialog stays with the reason.
  const carryOut = async (asked: Asked, action: FindingChangeRequest) => {
    const outcome = await bulk.run(asked.findings, action);
    if (outcome.failed === asked.count) {
      throw new Error(outcome.reason);
    }
    settle(outcome);
  };
  const narrowed = Object.values(filter).some(part => part !== undefined);
  const quiet = scan.never ? 'scan.never' : 'table.clean';
  const empty = narrowed ? 'table.empty' : quiet;

  return (
    <div className={screen.screen}>
      <SuspendedScanAlert scan={scan.last} />
      <ScanStrip
        {...scan}
        actions={
          <>
            <ViewMenu views={views} />
            <ReportDownload filter={filter} />
          </>
        }
      />
      <div className={styles.layout}>
        <div className={styles.side}>
          <GroupPanel
            summary={summary}
            groupBy={groupBy}
            chosen={chosenGroups(groupBy, params)}
            onGroupBy={next => open({ groupBy: next })}
            onChoose={key => change(choiceOf(groupBy, key))}
            onRepoint={setRepointed}
            outcome={
              <AliasOutcome
                from={pointed}
                aliases={aliases.value?.items ?? []}
                scan={scan.scan}
                scanning={scan.running || scan.starting}
              />
            }
            aliases={
              <AliasList
                aliases={aliases.value?.items ?? []}
                onChanged={() => {
                  setPointed(undefined);
                  healed();
                }}
              />
            }
          />
        </div>
        <div className={styles.main}>
          <HistoryPanel
            history={history}
            days={historyDays}
            onDays={setHistoryDays}
            onSince={({ openedSince, closedSince }) =>
              change({
                openedSince,
                closedSince,
                // What was closed again since was opened, too.
                findingState: openedSince ? findingStates : undefined,
              })
            }
            restricted={(summary.value?.hidden ?? 0) > 0}
          />
          <Panel
            className={styles.findings}
            title={t('pages.drift.table.title')}
            note={
              <span className={screen.wideOnly}>
                {t('pages.drift.table.hint')}
              </span>
            }
            flush
          >
            <div className={styles.filterPanel}>
              <FindingFilters teams={teams} rules={rules} />
              <ActiveFilters teams={teams} rules={rules} />
            </div>
            {findings.error && (
              <ErrorState
                title={t('pages.drift.table.errorTitle')}
                error={findings.error}
                retry={findings.retry}
              />
            )}
            {!value && !findings.error && <DataTableSkeleton columns={6} />}
            {value?.total === 0 && (
              <EmptyState
                title={t(`pages.drift.${empty}Title`)}
                description={t(`pages.drift.${empty}Next`)}
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
            {value && value.total > 0 && (
              <FindingTable
                question={findings.question}
                total={value.total}
                reachable={value.reachable}
                rowAt={findings.rowAt}
                onRange={findings.onRange}
                closed={
                  filter.closedSince !== undefined ||
                  filter.findingState?.join() === 'closed'
                }
                sorting={sorting}
                onSort={next => change({ orderBy: sortingText(next) })}
                selection={selection}
                openId={openId}
                onOpen={next => {
                  lastOpened.current = document.activeElement as HTMLElement;
                  open({ finding: next.id });
                }}
                onClose={() => open({ finding: undefined })}
                stale={findings.loading}
              />
            )}
            <BulkBar
              count={selection.count}
              all={selection.all}
              matching={
                !selection.all && total > selection.count ? total : undefined
              }
              onSelectAll={selection.toggleAll}
              running={bulk.running}
              result={bulk.result}
              onAcknowledge={async () =>
                settle(
                  await bulk.run(selection.selected(), {
                    action: 'acknowledge',
                  }),
                )
              }
              onWithdraw={async () =>
                settle(
                  await bulk.run(selection.selected(), { action: 'withdraw' }),
                )
              }
              onAssign={() => setAssigning(ask())}
              onWaive={() => setWaiving(ask())}
              onClear={() => {
                selection.clear();
                bulk.clear();
              }}
            />
          </Panel>
          <TombstonePanel version={version} />
        </div>
      </div>
      {openId && (
        <FindingDrawer
          id={openId}
          finding={finding}
          onClose={() => open({ finding: undefined })}
          onWaive={() => setWaiving({ findings: { ids: [openId] }, count: 1 })}
          onRepoint={setRepointed}
          onChanged={refresh}
        />
      )}
      {assigning && (
        <AssignDialog
          count={assigning.count}
          onClose={() => setAssigning(undefined)}
          onAssign={async request => {
            await carryOut(assigning, { action: 'reassign', ...request });
            setAssigning(undefined);
          }}
        />
      )}
      {repointed && (
        <AliasDialog
          from={repointed}
          onClose={() => setRepointed(undefined)}
          onDone={() => {
            setPointed(repointed);
            setRepointed(undefined);
            healed();
          }}
        />
      )}
      <WaiveDialog
        count={waiving?.count ?? 0}
        needsApproval={
          waiving !== undefined &&
          'ids' in waiving.findings &&
          waiving.findings.ids[0] === openId &&
          finding.value?.may?.needsApproval
        }
        onClose={() => setWaiving(undefined)}
        onWaive={async request => {
          await carryOut(waiving!, { action: 'waive', ...request });
          setWaiving(undefined);
        }}
      />
    </div>
  );
}

/** What a dialog is about, as it was when it was opened. */
interface Asked {
  findings: SelectedFindings;
  count: number;
}
