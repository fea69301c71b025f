import type { InitiativeFigures } from '@service-ownership/backstage-plugin-ownership-common';
import { Bar } from '../screen/Bar';
import { useShare } from '../screen/useShare';
import { wholePercent } from '../screen/wholePercent';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * How many meet the goal, with what does not count beside it.
 *
 * @internal
 */
export function Progress(props: {
  figures: InitiativeFigures;
  long?: boolean;
}) {
  const { t } = usePagesTranslation();
  const formatShare = useShare();
  const { figures, long } = props;
  const { met, counted, share } = figures;
  const beside = [
    figures.unknown > 0 &&
      t('pages.initiative.unknown', { count: figures.unknown }),
    figures.exempt > 0 &&
      t('pages.initiative.exempt', { count: figures.exempt }),
    long &&
      figures.notAsked > 0 &&
      t('pages.initiative.notAsked', { count: figures.notAsked }),
    long &&
      figures.coverage < 1 &&
      counted > 0 &&
      t('pages.initiative.coverage', {
        share: formatShare(wholePercent(figures.coverage)),
      }),
  ].filter(Boolean);
  return (
    <div className={`${screen.stack} ${styles.progress}`}>
      {share === undefined ? (
        <span className={screen.muted}>{t('pages.initiative.nothing')}</span>
      ) : (
        <Bar share={share}>
          {long
            ? t('pages.initiative.metLong', {
                met,
                counted,
                share: formatShare(wholePercent(share)),
              })
            : t('pages.initiative.met', { met, counted })}
        </Bar>
      )}
      {beside.length > 0 && (
        <span className={screen.small}>{beside.join(' · ')}</span>
      )}
    </div>
  );
}
