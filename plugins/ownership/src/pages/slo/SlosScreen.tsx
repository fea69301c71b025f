import { Button } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloFilter } from '@service-ownership/backstage-plugin-ownership-common';
import { DataTableSkeleton } from '../screen/DataTable';
import { PagedList } from '../screen/PagedList';
import { Panel } from '../screen/Panel';
import { sortingOf, sortingText } from '../screen/sorting';
import { TableDownload } from '../screen/TableDownload';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { DiscoveryLink } from './discovery/DiscoveryLink';
import { SloFilters } from './SloFilters';
import { SloRollupTable } from './SloRollupTable';
import { SloTable } from './SloTable';
import { sloFilterOf, sloGroupings, useSloRollup, useSlos } from './useSlos';
import type { SloGrouping } from './useSlos';
import screen from '../screen/Screen.module.css';
import styles from './SloFleet.module.css';

const pageSize = 50;
const sortKeys = ['remaining', 'burnRate', 'entityRef', 'lastDataAt'];

/**
 * All SLOs: one by one, worst first, or added up by team, system or domain.
 *
 * @internal
 */
export function SlosScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const sorting = sortingOf(params.get('orderBy'), sortKeys, {
    key: 'remaining',
    direction: 'asc',
  });
  const filter = sloFilterOf(params);
  const groupBy = sloGroupings.find(each => each === params.get('groupBy'));
  const slos = useSlos({
    ...filter,
    orderBy: params.get('orderBy') ? sortingText(sorting) : undefined,
    cursor: params.get('cursor') ?? undefined,
    // Added up, only the totals of the list are shown.
    limit: groupBy ? 1 : pageSize,
  });
  const { value } = slos;
  const narrowed = Object.values(filter).some(part => part !== undefined);
  const clear = narrowed && (
    <Button
      variant="secondary"
      onPress={() =>
        change({
          team: undefined,
          entityRef: undefined,
          system: undefined,
          domain: undefined,
          state: undefined,
          firing: undefined,
          text: undefined,
        })
      }
    >
      {t('pages.slo.clear')}
    </Button>
  );
  const empty = {
    title: t(narrowed ? 'pages.slo.emptyTitle' : 'pages.slo.noneTitle'),
    description: t(narrowed ? 'pages.slo.emptyNext' : 'pages.slo.noneNext'),
    action: clear,
  };

  return (
    <div className={screen.screen}>
      <Panel
        title={t('pages.tabs.slos')}
        note={
          value && (
            <>
              <span>{t('pages.slo.count', { count: value.totalItems })}</span>
              <DiscoveryLink />
            </>
          )
        }
        actions={
          <>
            <ViewSwitch
              groupBy={groupBy}
              onChange={next => change({ groupBy: next, sort: undefined })}
            />
            <TableDownload
              table={t('pages.tabs.slos')}
              path={groupBy ? '/slos/rollup' : '/slos'}
              query={{ ...filter, groupBy }}
            />
          </>
        }
        flush
      >
        <SloFilters filter={filter} summary={value?.summary} />
        {groupBy ? (
          <Rollup filter={filter} groupBy={groupBy} empty={empty} />
        ) : (
          <PagedList
            list={slos}
            pageSize={pageSize}
            columns={6}
            errorTitle={t('pages.slo.errorTitle')}
            empty={empty}
          >
            {({ items, stale }) => (
              <SloTable
                slos={items}
                sorting={sorting}
                onSort={next => change({ orderBy: sortingText(next) })}
                stale={stale}
              />
            )}
          </PagedList>
        )}
      </Panel>
    </div>
  );
}

function ViewSwitch(props: {
  groupBy?: SloGrouping;
  onChange(groupBy?: SloGrouping): void;
}) {
  const { t } = usePagesTranslation();
  return (
    <div
      className={styles.views}
      role="group"
      aria-label={t('pages.slo.rollup.view')}
    >
      {[undefined, ...sloGroupings].map(each => (
        <button
          key={each ?? 'list'}
          type="button"
          className={styles.view}
          aria-pressed={each === props.groupBy}
          onClick={() => props.onChange(each)}
        >
          {t(`pages.slo.rollup.by.${each ?? 'list'}`)}
        </button>
      ))}
    </div>
  );
}

function Rollup(props: {
  filter: SloFilter;
  groupBy: SloGrouping;
  empty: Parameters<typeof EmptyState>[0];
}) {
  const { t } = usePagesTranslation();
  const { filter, groupBy } = props;
  const { value, error, loading, retry } = useSloRollup({ filter, groupBy });
  if (error) {
    return (
      <ErrorState
        title={t('pages.slo.errorTitle')}
        error={error}
        retry={retry}
      />
    );
  }
  if (!value) {
    return <DataTableSkeleton columns={5} />;
  }
  if (value.items.length === 0 && value.ungrouped === 0) {
    return <EmptyState {...props.empty} />;
  }
  return (
    <>
      <SloRollupTable
        rollup={value}
        groupBy={groupBy}
        filter={filter}
        stale={loading}
      />
      {value.ungrouped > 0 && (
        <p className={styles.ungrouped}>
          {t(`pages.slo.rollup.ungrouped.${groupBy}`, {
            count: value.ungrouped,
          })}
        </p>
      )}
    </>
  );
}
