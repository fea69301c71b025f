import {
  ErrorState,
  SeverityLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { ScorecardRollup } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import type { Loaded } from '../screen/useLoaded';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

const shown = 8;

/**
 * The repairs that lift the most entities, each a door to those it fails for.
 *
 * @internal
 */
export function LeversPanel(props: { rollup: Loaded<ScorecardRollup> }) {
  const { t } = usePagesTranslation();
  const { change } = useUrlQuery();
  const { value, error, retry } = props.rollup;
  const levers = (value?.levers ?? []).slice(0, shown);
  const most = Math.max(1, ...levers.map(lever => lever.entities));
  return (
    <Panel
      title={t('pages.scorecard.levers.title')}
      note={t('pages.scorecard.levers.note')}
    >
      {error && <ErrorState error={error} retry={retry} />}
      {!value && !error && <RowsSkeleton rows={6} />}
      {value && levers.length === 0 && (
        <p className={screen.muted}>{t('pages.scorecard.levers.empty')}</p>
      )}
      <ol className={screen.plainList}>
        {levers.map(lever => (
          <li key={lever.ruleId}>
            <button
              type="button"
              className={styles.lever}
              onClick={() =>
                change({
                  rule: lever.ruleId,
                  group: undefined,
                  level: undefined,
                })
              }
            >
              <span className={styles.leverTitle}>{lever.title}</span>
              <span className={styles.leverLifts}>
                {lever.lifts > 0
                  ? t('pages.scorecard.levers.lifts', { count: lever.lifts })
                  : t('pages.scorecard.levers.liftsNone')}
              </span>
              <span className={styles.leverBar} aria-hidden="true">
                <span
                  className={styles.leverLift}
                  style={{ width: `${(lever.lifts / most) * 100}%` }}
                />
                <span
                  className={styles.leverRest}
                  style={{
                    width: `${((lever.entities - lever.lifts) / most) * 100}%`,
                  }}
                />
              </span>
              <span className={styles.leverNote}>
                <SeverityLabel severity={lever.severity} />
                {t('pages.scorecard.levers.blocks', { count: lever.entities })}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
