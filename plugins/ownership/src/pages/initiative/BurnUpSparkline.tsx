import { Sparkline } from '@service-ownership/backstage-plugin-ownership-react';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

/**
 * The burn-up as a small line.
 *
 * @internal
 */
export function BurnUpSparkline(props: { initiative: Initiative }) {
  const { t } = usePagesTranslation();
  const { title, points, figures } = props.initiative;
  if (points.length === 1) {
    return (
      <span className={screen.small}>{t('pages.initiative.firstPoint')}</span>
    );
  }
  return (
    <Sparkline
      values={points.map(({ met }) => met)}
      label={t('pages.initiative.sparkline', {
        title,
        met: figures.met,
        counted: figures.counted,
      })}
    />
  );
}
