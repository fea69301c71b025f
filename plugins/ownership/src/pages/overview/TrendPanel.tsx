import { TrendChart } from '@service-ownership/backstage-plugin-ownership-react';
import type { TrendPoint } from '@service-ownership/backstage-plugin-ownership-react';
import { Panel } from '../screen/Panel';
import { usePagesTranslation } from '../usePagesTranslation';

/**
 * Orphaned and at-risk components over the period.
 *
 * @internal
 */
export function TrendPanel(props: { points: TrendPoint[] }) {
  const { t } = usePagesTranslation();
  return (
    <Panel title={t('pages.overview.trend.title')}>
      <TrendChart
        label={t('pages.overview.trend.label')}
        points={props.points}
        series={[
          {
            id: 'orphaned',
            title: t('pages.overview.trend.orphaned'),
            tone: 'bad',
          },
          {
            id: 'atRisk',
            title: t('pages.overview.trend.atRisk'),
            tone: 'warning',
            dashed: true,
          },
        ]}
        height={340}
      />
    </Panel>
  );
}
