import { RelativeTime } from '@service-ownership/backstage-plugin-ownership-react';
import { maxBurnRate } from '@service-ownership/backstage-plugin-ownership-common';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { DataTable } from '../../screen/DataTable';
import { useDuration } from '../../screen/useDuration';
import { Panel } from '../../screen/Panel';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

type Alert = SloStatus['alerts'][number];

/**
 * Burn rates by window against the thresholds of the alerts. A threshold that
 * no burn rate can reach says so.
 *
 * @internal
 */
export function BurnRatePanel(props: { status: SloStatus }) {
  const { t } = usePagesTranslation();
  const { status } = props;
  const duration = useDuration();
  const most = maxBurnRate(status.objective);
  const rates = new Map(
    status.burnRates.map(rate => [rate.windowSeconds, rate.burnRate]),
  );
  const rateCell = (seconds: number, factor: number) => {
    const rate = rates.get(seconds);
    return (
      <div>
        <span
          className={
            rate !== undefined && rate > factor ? styles.firing : undefined
          }
        >
          {rate === undefined ? t('pages.slo.noBudget') : times(rate)}
        </span>
        <div className={screen.small}>{duration(seconds)}</div>
      </div>
    );
  };

  return (
    <Panel
      title={t('pages.slo.detail.burnRates')}
      note={t('pages.slo.detail.burnRatesNote')}
      flush={status.alerts.length > 0}
    >
      {status.alerts.length === 0 ? (
        <p className={screen.muted}>{t('pages.slo.detail.noAlerts')}</p>
      ) : (
        <DataTable
          caption={t('pages.slo.detail.burnRatesCaption')}
          rows={status.alerts}
          rowKey={alert =>
            `${alert.severity} ${alert.longSeconds} ${alert.shortSeconds} ${alert.factor}`
          }
          rowName={alert => alert.severity}
          columns={[
            {
              id: 'severity',
              header: t('pages.slo.detail.severity'),
              cell: alert => (
                <>
                  {t(`pages.slo.detail.${alert.severity}`)}
                  {/* Where the screen is narrow, its column is here. */}
                  <div className={screen.small}>
                    <span className={screen.narrowOnly}>
                      {thresholds(alert)}
                    </span>
                  </div>
                  {alert.name && (
                    <div className={screen.small}>{alert.name}</div>
                  )}
                </>
              ),
            },
            {
              id: 'long',
              header: t('pages.slo.detail.long'),
              align: 'end',
              cell: alert => rateCell(alert.longSeconds, alert.factor),
            },
            {
              id: 'short',
              header: t('pages.slo.detail.short'),
              align: 'end',
              cell: alert =>
                rateCell(alert.shortSeconds, alert.shortFactor ?? alert.factor),
            },
            {
              id: 'threshold',
              header: t('pages.slo.detail.threshold'),
              align: 'end',
              wideOnly: true,
              cell: alert => thresholds(alert),
            },
            {
              id: 'state',
              header: t('pages.slo.detail.alertState'),
              cell: alert => (
                <AlertState
                  alert={alert}
                  most={most}
                  known={
                    rates.get(alert.longSeconds) !== undefined &&
                    rates.get(alert.shortSeconds) !== undefined
                  }
                />
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function AlertState(props: {
  alert: Alert;
  /** The greatest burn rate there can be. */
  most: number;
  /** Both burn rates are known. Without them nothing is quiet. */
  known: boolean;
}) {
  const { t } = usePagesTranslation();
  const duration = useDuration();
  const { alert, most } = props;
  if (!alert.reachable) {
    return (
      <span className={styles.unreachable}>
        {t('pages.slo.detail.unreachable', {
          factor: number(alert.factor),
          most: number(most),
        })}
      </span>
    );
  }
  if (alert.pendingSince) {
    return (
      <>
        {t('pages.slo.detail.pendingSince')}{' '}
        <RelativeTime value={alert.pendingSince} />
      </>
    );
  }
  if (!alert.firing) {
    return (
      <>{t(props.known ? 'pages.slo.detail.quiet' : 'pages.slo.noBudget')}</>
    );
  }
  return (
    <>
      <span className={styles.firing}>
        {alert.since ? (
          <>
            {t('pages.slo.detail.firingSince')}{' '}
            <RelativeTime value={alert.since} />
          </>
        ) : (
          t('pages.slo.detail.firing')
        )}
      </span>
      {alert.unknownSince ? (
        <div className={screen.small}>
          {t('pages.slo.detail.unknownSince')}{' '}
          <RelativeTime value={alert.unknownSince} />
        </div>
      ) : (
        alert.heldSince &&
        alert.keepFiringSeconds !== undefined && (
          <div className={screen.small}>
            {t('pages.slo.detail.heldSince')}{' '}
            <RelativeTime value={alert.heldSince} />
            {t('pages.slo.detail.heldFor', {
              duration: duration(alert.keepFiringSeconds),
            })}
          </div>
        )
      )}
    </>
  );
}

function thresholds(alert: Alert): string {
  const { factor, shortFactor = factor, also = [] } = alert;
  const factors = [factor, ...also.map(each => each.factor), shortFactor];
  return [...new Set(factors)].map(times).join(' / ');
}

function times(rate: number): string {
  return `${number(rate)}×`;
}

function number(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 2 });
}
