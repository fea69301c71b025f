import { BudgetBar } from '@service-ownership/backstage-plugin-ownership-react';
import type { SloRollup } from '@service-ownership/backstage-plugin-ownership-common';
import { useMemo } from 'react';
import { DataTable } from '../screen/DataTable';
import type { UrlChanges } from '../screen/useUrlQuery';
import { linkTo } from '../screen/linkTo';
import { ScreenLink } from '../screen/ScreenLink';
import { sortingOf, sortingText } from '../screen/sorting';
import { TreeName } from '../screen/TreeName';
import { useClosed } from '../screen/useClosed';
import { useShare } from '../screen/useShare';
import { useUrlQuery } from '../screen/useUrlQuery';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import { SloStateBar } from './SloStateBar';
import { sloRollupRows, sloRollupSortKeys } from './sloRollupRows';
import type { SloRollupRow } from './sloRollupRows';
import type { SloGrouping } from './useSlos';
import screen from '../screen/Screen.module.css';

/**
 * Teams, systems or domains with their SLOs; every name and count leads to the
 * SLOs it stands for.
 *
 * @internal
 */
export function SloRollupTable(props: {
  rollup: SloRollup;
  groupBy: SloGrouping;
  /** The filter in the address: a link adds to it. */
  filter: UrlChanges;
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const share = useShare();
  const { params, open } = useUrlQuery();
  const { closed, twist } = useClosed();
  const { rollup, groupBy, filter } = props;
  const { key, direction } = sortingOf(params.get('sort'), sloRollupSortKeys, {
    key: 'worst',
    direction: 'asc',
  });
  const rows = useMemo(
    () =>
      sloRollupRows({
        items: rollup.items,
        sorting: { key, direction },
        closed,
      }),
    [rollup, key, direction, closed],
  );
  const listOf = (row: SloRollupRow, more: UrlChanges = {}) =>
    linkTo('slos', { ...filter, [groupBy]: row.item.ref, ...more });
  const counted = (row: SloRollupRow, count: number, more: UrlChanges) =>
    count > 0 ? (
      <ScreenLink to={listOf(row, more)}>{number(count)}</ScreenLink>
    ) : (
      <span className={screen.muted}>0</span>
    );
  return (
    <DataTable<SloRollupRow>
      caption={t(`pages.slo.rollup.caption.${groupBy}`)}
      rows={rows}
      rowKey={row => row.item.ref}
      rowName={row => row.item.title}
      sorting={{ key, direction }}
      onSort={next => open({ sort: sortingText(next) })}
      stale={props.stale}
      columns={[
        {
          id: 'name',
          header: t(`pages.slo.rollup.of.${groupBy}`),
          sortKey: 'title',
          cell: row => (
            <TreeName
              title={row.item.title}
              depth={row.depth}
              hasChildren={row.hasChildren}
              closed={closed.has(row.item.ref)}
              onTwist={() => twist(row.item.ref)}
            >
              <ScreenLink
                className={`${screen.strongLink} ${screen.ref}`}
                to={listOf(row)}
              >
                {row.item.title}
              </ScreenLink>
              {row.item.hidden > 0 && (
                <span className={screen.small}>
                  {t('pages.slo.rollup.hidden', { count: row.item.hidden })}
                </span>
              )}
            </TreeName>
          ),
        },
        {
          id: 'states',
          header: t('pages.slo.rollup.states'),
          width: '32%',
          cell: row => (
            <SloStateBar name={row.item.title} byState={row.item.byState} />
          ),
        },
        {
          id: 'slos',
          header: t('pages.tabs.slos'),
          align: 'end',
          sortKey: 'slos',
          firstDirection: 'desc',
          wideOnly: true,
          cell: row => counted(row, row.item.slos, {}),
        },
        {
          id: 'mean',
          header: t('pages.slo.rollup.mean'),
          align: 'end',
          sortKey: 'mean',
          wideOnly: true,
          cell: row =>
            row.item.meanRemaining === undefined ? (
              <span className={screen.muted}>{t('pages.slo.noBudget')}</span>
            ) : (
              <div>
                <BudgetBar remaining={roughly(row.item.meanRemaining)} />
                {row.item.known < row.item.slos && (
                  <span className={screen.small}>
                    {t('pages.slo.rollup.known', {
                      known: row.item.known,
                      slos: row.item.slos,
                    })}
                  </span>
                )}
              </div>
            ),
        },
        {
          id: 'worst',
          header: t('pages.slo.rollup.worst'),
          align: 'end',
          sortKey: 'worst',
          cell: row =>
            row.item.worstRemaining === undefined ? (
              <span className={screen.muted}>{t('pages.slo.noBudget')}</span>
            ) : (
              share(roughly(row.item.worstRemaining))
            ),
        },
        {
          id: 'breached',
          header: t('pages.slo.stateName.breached'),
          align: 'end',
          sortKey: 'breached',
          firstDirection: 'desc',
          wideOnly: true,
          cell: row =>
            counted(row, row.item.byState.breached ?? 0, {
              state: 'breached',
            }),
        },
        {
          id: 'firing',
          header: t('pages.slo.rollup.firing'),
          align: 'end',
          sortKey: 'firing',
          firstDirection: 'desc',
          wideOnly: true,
          cell: row => {
            const { page, ticket } = row.item.firing;
            return counted(row, page + ticket, { firing: 'any' });
          },
        },
      ]}
    />
  );
}

// Whole percent: a mean is no more exact than that.
function roughly(remaining: number): number {
  return Math.round(remaining * 100) / 100;
}
