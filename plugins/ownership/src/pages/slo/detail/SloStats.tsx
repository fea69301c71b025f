import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import { durationWords } from '../../../entity/durationWords';
import { formatDuration } from '../../screen/formatDuration';
import { useCount } from '../../screen/useCount';
import { useDuration } from '../../screen/useDuration';
import { useShare } from '../../screen/useShare';
import { usePagesTranslation } from '../../usePagesTranslation';
import { windowSeconds } from './range';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

/**
 * What was promised, what was measured, what is left.
 *
 * @internal
 */
export function SloStats(props: {
  status: SloStatus;
  /** Of a composite: its budget is counted in time, for it has no events. */
  composite?: boolean;
}) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const language = useLanguage();
  const number = useCount();
  const { status } = props;
  return (
    <dl className={styles.stats}>
      <div className={styles.stat}>
        <dt>{t('pages.slo.detail.objective')}</dt>
        <dd>
          <div className={styles.statNumber}>{share(status.objective)}</div>
          <div className={screen.muted}>
            {t('pages.slo.detail.objectiveNote', {
              duration: windowWords(status, language),
              type: t(`pages.slo.detail.${status.window.type}`),
            })}
          </div>
        </dd>
      </div>
      <div className={styles.stat}>
        <dt>{t('pages.slo.detail.sli')}</dt>
        <dd>
          <div className={styles.statNumber}>
            {status.sli === undefined
              ? t(`pages.slo.stateName.${status.state}`)
              : share(status.sli)}
          </div>
          <div className={screen.muted}>
            {status.good === undefined || status.total === undefined
              ? t(
                  props.composite && status.sli !== undefined
                    ? 'pages.slo.members.timeBudget'
                    : 'pages.slo.detail.sliNone',
                )
              : t('pages.slo.detail.sliNote', {
                  good: number(Math.round(status.good)),
                  total: number(Math.round(status.total)),
                })}
          </div>
        </dd>
      </div>
      <Remaining status={status} composite={props.composite} />
    </dl>
  );
}

function Remaining(props: { status: SloStatus; composite?: boolean }) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const duration = useDuration();
  const number = useCount();
  const { budget, budgetingMethod, exhaustionSeconds } = props.status;
  if (!budget) {
    return (
      <div className={styles.stat}>
        <dt>{t('pages.slo.detail.remaining')}</dt>
        <dd>
          <div className={styles.statNumber}>{t('pages.slo.noBudget')}</div>
          <div className={screen.muted}>{props.status.reason}</div>
        </dd>
      </div>
    );
  }
  const over = budget.remaining < 0;
  const events = Math.floor(Math.abs(budget.remainingEvents));
  const remaining = duration(budget.remainingSeconds);
  const outlook = () => {
    if (budget.remaining <= 0) {
      return t('pages.slo.detail.gone');
    }
    if (exhaustionSeconds === undefined) {
      return t('pages.slo.detail.lastsForever');
    }
    return exhaustionSeconds >= windowSeconds(props.status)
      ? t('pages.slo.detail.lastsWindow')
      : t('pages.slo.detail.lasts', {
          duration: duration(exhaustionSeconds),
        });
  };
  return (
    <div className={styles.stat}>
      <dt>{t('pages.slo.detail.remaining')}</dt>
      <dd>
        <div
          className={styles.statNumber}
          data-tone={over ? 'negative' : undefined}
        >
          {share(Math.round(budget.remaining * 1000) / 1000)}
        </div>
        <div>{outlook()}</div>
        <div className={screen.muted}>
          {!props.composite && (
            <>
              {t(
                `pages.slo.detail.${over ? 'over' : 'remaining'}${
                  budgetingMethod === 'Occurrences' ? 'Events' : 'Slices'
                }`,
                { count: events, events: number(events) },
              )}
              {' · '}
            </>
          )}
          {t(
            over
              ? 'pages.slo.detail.overTime'
              : 'pages.slo.detail.remainingTime',
            { duration: remaining },
          )}
        </div>
        {budget.estimated && (
          <div className={screen.small}>{t('pages.slo.detail.estimated')}</div>
        )}
      </dd>
    </div>
  );
}

// A rolling window is so many days; a calendar one is what is written, because
// months differ.
function windowWords(status: SloStatus, language: string): string {
  const { duration, type } = status.window;
  return type === 'calendar'
    ? durationWords({ duration, language })
    : formatDuration({ seconds: windowSeconds(status), language });
}
