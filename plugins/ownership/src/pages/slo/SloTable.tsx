import { OwnerName } from '../screen/OwnerName';
import {
  BudgetBar,
  EntityName,
  RelativeTime,
  SloAlertLabel,
  SloStateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { DataTable } from '../screen/DataTable';
import type { Sorting } from '../screen/DataTable';
import { ScreenLink } from '../screen/ScreenLink';
import { useDuration } from '../screen/useDuration';
import { useShare } from '../screen/useShare';
import { usePagesTranslation } from '../usePagesTranslation';
import { burnWords } from './burnWords';
import { sloPath } from './sloPath';
import screen from '../screen/Screen.module.css';

/**
 * SLOs with what is left of their budgets.
 *
 * @internal
 */
export function SloTable(props: {
  slos: SloStatus[];
  sorting: Sorting;
  onSort(sorting: Sorting): void;
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const duration = useDuration();
  return (
    <DataTable
      caption={t('pages.slo.caption')}
      rows={props.slos}
      rowKey={slo => `${slo.entityRef} ${slo.slo}`}
      rowName={slo => slo.title}
      sorting={props.sorting}
      onSort={props.onSort}
      stale={props.stale}
      columns={[
        {
          id: 'slo',
          header: t('pages.slo.slo'),
          sortKey: 'entityRef',
          cell: slo => (
            <div className={screen.stack}>
              <ScreenLink className={screen.strongLink} to={sloPath(slo)}>
                {slo.title}
              </ScreenLink>
              <span className={screen.small}>
                <EntityName entityRef={slo.entityRef} title={slo.entityTitle} />
                {slo.discovered && ` · ${t('pages.slo.detail.discovered')}`}
              </span>
            </div>
          ),
        },
        {
          id: 'state',
          header: t('pages.slo.state'),
          cell: slo => (
            <div className={screen.stack}>
              <span title={slo.reason} className={screen.inline}>
                <SloStateLabel state={slo.state} />
              </span>
              {slo.alerts.some(({ firing }) => firing) && (
                <span className={screen.inline}>
                  <SloAlertLabel slo={slo} />
                </span>
              )}
            </div>
          ),
        },
        {
          id: 'left',
          header: t('pages.slo.left'),
          sortKey: 'remaining',
          align: 'end',
          cell: slo =>
            slo.budget ? (
              <BudgetBar remaining={slo.budget.remaining} />
            ) : (
              <span className={screen.muted}>{t('pages.slo.noBudget')}</span>
            ),
        },
        {
          id: 'burn',
          header: t('pages.slo.burn'),
          sortKey: 'burnRate',
          firstDirection: 'desc',
          wideOnly: true,
          cell: slo => burnWords({ status: slo, t, duration }),
        },
        {
          id: 'objective',
          header: t('pages.slo.objectiveMeasured'),
          align: 'end',
          wideOnly: true,
          cell: slo => (
            <div>
              {share(slo.objective)}
              <div className={screen.small}>
                {slo.sli === undefined
                  ? t('pages.slo.noBudget')
                  : share(slo.sli)}
              </div>
            </div>
          ),
        },
        {
          id: 'team',
          header: t('pages.slo.team'),
          wideOnly: true,
          cell: slo => <OwnerName refs={slo.ownerRefs} />,
        },
        {
          id: 'lastData',
          header: t('pages.slo.lastData'),
          sortKey: 'lastDataAt',
          align: 'end',
          wideOnly: true,
          cell: slo =>
            slo.lastDataAt ? (
              <RelativeTime value={slo.lastDataAt} />
            ) : (
              t('pages.slo.never')
            ),
        },
      ]}
    />
  );
}
