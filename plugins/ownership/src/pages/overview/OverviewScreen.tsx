import { Alert, Button, Select, Skeleton } from '@backstage/ui';
import { RiPrinterLine } from '@remixicon/react';
import {
  EmptyState,
  ErrorState,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { MeasurePanels } from '../measure/MeasurePanels';
import { ScreenLink } from '../screen/ScreenLink';
import { TeamSelect } from '../screen/TeamSelect';
import { useDates } from '../screen/useDates';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { AttentionPanel } from './AttentionPanel';
import { InitiativesPanel } from './InitiativesPanel';
import { OverviewMovers } from './OverviewMovers';
import { OverviewTiles } from './OverviewTiles';
import { TeamsPanel } from './TeamsPanel';
import { TrendPanel } from './TrendPanel';
import { trendPoints } from './trendPoints';
import { UpcomingPanel } from './UpcomingPanel';
import { periodOf, periods, useOverview } from './useOverview';
import screen from '../screen/Screen.module.css';
import styles from './Overview.module.css';

/**
 * A leader's Monday morning: how the part of the organisation one answers for
 * stands, where it moves, and what comes next.
 *
 * @internal
 */
export function OverviewScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const teams = useTeams();
  const team = params.get('team') ?? undefined;
  const days = periodOf(params);
  const overview = useOverview({ team, days });
  const { value } = overview;

  return (
    <div className={screen.screen}>
      <div className={`${screen.toolbar} ${styles.controls}`}>
        <TeamSelect
          label={t('pages.overview.scope')}
          teams={teams}
          value={team}
          onChange={ref => change({ team: ref })}
        />
        <Select
          className={screen.filterSelect}
          label={t('pages.overview.period')}
          value={String(days)}
          onChange={key => change({ days: String(key) })}
          options={periods.map(length => ({
            id: String(length),
            label:
              length === 365
                ? t('pages.overview.year')
                : t('pages.overview.days', { days: length }),
          }))}
        />
        <div className={screen.toolbarEnd}>
          <LastScan overview={value} />
          <Button
            className={styles.print}
            size="small"
            variant="secondary"
            iconStart={<RiPrinterLine />}
            onPress={() => window.print()}
          >
            {t('pages.overview.print')}
          </Button>
        </div>
      </div>
      {overview.error && (
        <ErrorState
          title={t('pages.overview.errorTitle')}
          error={overview.error}
          retry={overview.retry}
        />
      )}
      {!value && !overview.error && <OverviewSkeleton />}
      {value && (
        <OverviewBody
          overview={value}
          team={team}
          days={days}
          stale={overview.loading}
        />
      )}
    </div>
  );
}

function OverviewBody(props: {
  overview: Overview;
  team?: string;
  days: number;
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const { longDay } = useDates();
  const { overview, team } = props;
  const points = trendPoints(overview);
  const components = [
    overview.owned,
    overview.orphaned,
    overview.atRisk,
    overview.unknown,
  ].reduce((sum, measure) => sum + (measure.value ?? 0), 0);
  if (components === 0 && overview.teams.length === 0) {
    return (
      <EmptyState
        title={t('pages.overview.emptyTitle')}
        description={t('pages.overview.emptyNext')}
        action={
          <ScreenLink to="drift">{t('pages.overview.emptyAction')}</ScreenLink>
        }
      />
    );
  }
  return (
    <div className={styles.body} data-stale={props.stale || undefined}>
      <p className={styles.printed}>
        {[
          overview.team?.title ?? t('pages.filters.wholeOrganisation'),
          t('pages.overview.until', {
            days: props.days,
            date: longDay(overview.period.to),
          }),
        ].join(' · ')}
      </p>
      {(overview.lastScan?.state === 'suspended' ||
        overview.lastScan?.state === 'failed') && (
        <Alert
          status="warning"
          icon
          title={
            overview.lastScan.state === 'suspended'
              ? t('pages.overview.scanSuspended')
              : t('pages.overview.scanFailed')
          }
          customActions={
            <ScreenLink to="drift">
              {t('pages.overview.emptyAction')}
            </ScreenLink>
          }
        />
      )}
      {overview.hidden > 0 && (
        <p className={styles.hidden}>
          {t('pages.overview.hidden', { count: overview.hidden })}
        </p>
      )}
      <OverviewTiles overview={overview} team={team} />
      <div className={`${screen.columns} ${styles.columns}`}>
        {points.length < 2 ? (
          <AttentionPanel team={team} />
        ) : (
          <TrendPanel points={points} />
        )}
        <UpcomingPanel overview={overview} />
      </div>
      <div className={styles.pair}>
        <OverviewMovers overview={overview} team={team} />
        <InitiativesPanel team={team} />
      </div>
      {overview.measures && (
        <MeasurePanels
          totals={overview.measures}
          team={team}
          days={props.days}
        />
      )}
      <div className={styles.teams}>
        <TeamsPanel overview={overview} />
      </div>
    </div>
  );
}

function LastScan(props: { overview?: Overview }) {
  const { t } = usePagesTranslation();
  if (!props.overview) {
    return null;
  }
  const finishedAt = props.overview.lastScan?.finishedAt;
  return (
    <span className={screen.small}>
      {finishedAt ? (
        <>
          {t('pages.overview.asOf')} <RelativeTime value={finishedAt} />
        </>
      ) : (
        t('pages.overview.noScan')
      )}
    </span>
  );
}

function OverviewSkeleton() {
  return (
    <div className={styles.body} aria-busy="true" aria-hidden="true">
      <div className={styles.tiles}>
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} width="100%" height={132} />
        ))}
      </div>
      <div className={screen.columns}>
        <Skeleton width="100%" height={300} />
        <Skeleton width="100%" height={300} />
      </div>
      <Skeleton width="100%" height={360} />
    </div>
  );
}
