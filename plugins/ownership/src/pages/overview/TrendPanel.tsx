import { TrendChart } from '@service-ownership/backstage-plugin-ownership-react';
import type { TrendPoint } from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';

/**
 * Orphaned and at-risk components over the period.
 *
 * @internal
 */
export function TrendPanel(props: { overview: Overview }) {
  const { t } = usePagesTranslation();
  const points = pointsOf(props.overview);
  return (
    <Panel title={t('pages.overview.trend.title')}>
      {points.length < 2 ? (
        <p className={screen.muted}>{t('pages.overview.trend.starts')}</p>
      ) : (
        <TrendChart
          label={t('pages.overview.trend.label')}
          points={points}
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
      )}
    </Panel>
  );
}

function pointsOf(overview: Overview): TrendPoint[] {
  const points = new Map<string, TrendPoint>();
  (['orphaned', 'atRisk'] as const).forEach(name =>
    overview[name].trend.forEach(({ at, value }) => {
      const point = points.get(at) ?? { at, values: {} };
      point.values[name] = value;
      points.set(at, point);
    }),
  );
  return [...points.values()].sort(
    (a, b) => Date.parse(a.at) - Date.parse(b.at),
  );
}
