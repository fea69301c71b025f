import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import {
  BudgetOutlook,
  budgetTone,
  formatShare,
  PolicyActionText,
  RelativeTime,
  SloAlertLabel,
  SloStateLabel,
  Sparkline,
  toneClass,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { PagesLink } from '../entity/PagesLink';
import { sloPath } from '../pages/slo/sloPath';
import { ownershipTranslationRef } from '../translation';
import styles from './Slo.module.css';

/**
 * One SLO: its name and promise, what is left as the big number, the way there
 * as a small line, and how long it lasts in words.
 *
 * @internal
 */
export function SloRow(props: { slo: SloStatus }) {
  const { slo } = props;
  const { budget, sparkline = [], state } = slo;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const share = (ratio: number) => formatShare({ ratio, language });
  const stale = state === 'no-data' && slo.lastDataAt;
  return (
    <div className={styles.slo}>
      <div className={styles.title}>
        <PagesLink to={sloPath(slo)} className={card.strong}>
          {slo.title}
        </PagesLink>
        <div className={card.small}>
          {t('slo.card.objective', {
            objective: share(slo.objective),
            window: durationWords({ duration: slo.window.duration, language }),
          })}
          {slo.discovered && ` · ${t('slo.card.discovered')}`}
        </div>
      </div>
      <div className={styles.chart}>
        {budget && (
          <Sparkline
            values={sparkline}
            split={0}
            width={112}
            height={36}
            label={t('slo.card.trend', { share: share(budget.remaining) })}
          />
        )}
      </div>
      <div
        className={`${styles.remaining} ${toneClass(
          budget ? budgetTone(budget.remaining) : 'muted',
        )}`}
      >
        {budget ? share(Math.abs(budget.remaining)) : '–'}
        {budget && (
          <span className={styles.unit}>
            {t(budget.remaining < 0 ? 'slo.card.overspent' : 'slo.card.left')}
          </span>
        )}
      </div>
      <div className={`${styles.outlook} ${card.row}`}>
        <SloStateLabel state={state} />
        {/* An overspent budget is said by the number already. */}
        {!(budget && budget.remaining < 0) && (
          <span className={card.muted}>
            <BudgetOutlook slo={slo} />
          </span>
        )}
        <SloAlertLabel slo={slo} />
        {stale && (
          <span className={card.small}>
            {t('slo.card.stale')}
            <RelativeTime value={stale} />
          </span>
        )}
      </div>
      {slo.excludedUntil && (
        <div className={`${styles.outlook} ${card.small}`}>
          {t('slo.card.excludedUntil', {
            until: new Intl.DateTimeFormat(language, {
              dateStyle: 'medium',
              timeStyle: 'short',
            }).format(new Date(slo.excludedUntil)),
          })}
        </div>
      )}
      {slo.policyActions?.[0] && (
        // The strictest one: it says what the others do, and more.
        <div className={`${styles.outlook} ${card.text}`}>
          <PolicyActionText action={slo.policyActions[0]} />
        </div>
      )}
    </div>
  );
}
