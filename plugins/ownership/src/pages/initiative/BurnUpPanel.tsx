import { TrendChart } from '@service-ownership/backstage-plugin-ownership-react';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { usePagesTranslation } from '../usePagesTranslation';
import { burnUpPoints } from './burnUpPoints';
import { Progress } from './Progress';
import screen from '../screen/Screen.module.css';

/**
 * The burn-up against the ideal line.
 *
 * @internal
 */
export function BurnUpPanel(props: { initiative: Initiative }) {
  const { t } = usePagesTranslation();
  const { initiative } = props;
  return (
    <Panel
      title={t('pages.initiative.burnUp')}
      note={t('pages.initiative.detail.burnUpNote')}
    >
      <Progress figures={initiative.figures} long />
      {initiative.points.length === 0 ? (
        <p className={screen.muted}>
          {initiative.hidden > 0
            ? t('pages.initiative.detail.noPointsHidden')
            : t('pages.initiative.detail.noPoints')}
        </p>
      ) : (
        <TrendChart
          label={t('pages.initiative.detail.burnUpNote')}
          points={burnUpPoints(initiative)}
          atLeast={initiative.figures.counted}
          height={300}
          format={value => String(Math.round(value * 10) / 10)}
          series={[
            {
              id: 'met',
              title: t('pages.initiative.detail.metSeries'),
              tone: 'good',
            },
            {
              id: 'ideal',
              title: t('pages.initiative.detail.idealSeries'),
              tone: 'muted',
              dashed: true,
            },
          ]}
        />
      )}
    </Panel>
  );
}
