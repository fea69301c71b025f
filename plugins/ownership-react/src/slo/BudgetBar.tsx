import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { formatShare } from '../frame/formatShare';
import { useLanguage } from '../frame/useLanguage';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import styles from './BudgetBar.module.css';
import { budgetTone } from './budgetTone';

/**
 * The remaining error budget as a bar with its number. An overspent budget
 * fills the bar with stripes as far as it is overspent.
 *
 * @public
 */
export function BudgetBar(props: {
  /** Share of the budget left, 1 when untouched, negative when overspent. */
  remaining: number;
  /** Leaves the number away where it stands large beside the bar. */
  hideNumber?: boolean;
}) {
  const { remaining } = props;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const language = useLanguage();
  const share = formatShare({ ratio: Math.abs(remaining), language });
  const over = remaining < 0;
  return (
    <div
      role="img"
      aria-label={t(over ? 'budget.overspent' : 'budget.left', { share })}
      className={`${styles.bar} ${toneClass(budgetTone(remaining))}`}
    >
      <div className={styles.track}>
        <div
          className={`${styles.fill} ${over ? styles.over : ''}`}
          style={{ width: `${Math.min(1, Math.abs(remaining)) * 100}%` }}
        />
      </div>
      {!props.hideNumber && (
        <span className={styles.number}>
          {formatShare({ ratio: remaining, language })}
        </span>
      )}
    </div>
  );
}
