import type { MeasureTotals } from '@service-ownership/backstage-plugin-ownership-common';
import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import { formatMeasure } from '../../measure/formatMeasure';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Measure.module.css';

/**
 * What was spent against what was planned, each currency by itself.
 *
 * @internal
 */
export function CostPanel(props: { totals: MeasureTotals; team?: string }) {
  const { t } = usePagesTranslation();
  const language = useLanguage();
  const { totals, team } = props;
  const month = new Intl.DateTimeFormat(language, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${totals.month}-01T00:00:00Z`));

  return (
    <Panel
      title={t('pages.measure.cost.title')}
      note={t('pages.measure.cost.note', { month })}
    >
      {totals.costs.length === 0 && (
        <p className={screen.muted}>
          {t('pages.measure.cost.empty', { month })}
        </p>
      )}
      <ul className={styles.costs}>
        {totals.costs.map(cost => {
          const { currency } = cost;
          const money = (value: number) =>
            formatMeasure({ value, unit: 'money', currency, language });
          return (
            <li key={currency} className={styles.cost}>
              {cost.budget > 0 ? (
                <>
                  {t('pages.measure.cost.used', {
                    amount: money(cost.budgeted),
                    budget: money(cost.budget),
                  })}
                  <span
                    className={styles.bar}
                    data-over={cost.budgeted > cost.budget || undefined}
                    aria-hidden="true"
                  >
                    <span
                      style={{
                        width: `${
                          Math.min(1, cost.budgeted / cost.budget) * 100
                        }%`,
                      }}
                    />
                  </span>
                </>
              ) : (
                <span className={screen.muted}>
                  {t('pages.measure.cost.noBudget')}
                </span>
              )}
              <span className={styles.facts}>
                <ScreenLink
                  to={linkTo('measures', { show: 'cost', currency, team })}
                >
                  {t('pages.measure.cost.total', {
                    amount: money(cost.amount),
                  })}
                </ScreenLink>
                <span className={screen.muted}>
                  {t('pages.measure.cost.entities', { count: cost.entities })}
                </span>
                {cost.over > 0 && (
                  <ScreenLink
                    className={styles.over}
                    to={linkTo('measures', {
                      show: 'over-budget',
                      currency,
                      team,
                    })}
                  >
                    {t('pages.measure.cost.over', { count: cost.over })}
                  </ScreenLink>
                )}
                {cost.over === 0 && cost.budget > 0 && (
                  <span className={screen.muted}>
                    {t('pages.measure.cost.none')}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
