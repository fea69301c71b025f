import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Screen.module.css';

/**
 * How a score moved, in points of 100.
 *
 * @internal
 */
export function ScoreChange(props: { points?: number }) {
  const { t } = usePagesTranslation();
  const { points } = props;
  if (points === undefined) {
    return <span className={styles.small}>{t('pages.score.new')}</span>;
  }
  if (points === 0) {
    return <span className={styles.small}>{t('pages.score.steady')}</span>;
  }
  const Arrow = points > 0 ? RiArrowUpLine : RiArrowDownLine;
  return (
    <span className={styles.change} data-good={points > 0 ? 'yes' : 'no'}>
      <Arrow size={14} aria-hidden />
      {t(points > 0 ? 'pages.score.up' : 'pages.score.down', {
        count: Math.abs(points),
      })}
    </span>
  );
}
