import {
  ErrorState,
  TrendChart,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Tone } from '@service-ownership/backstage-plugin-ownership-react';
import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { usePagesTranslation } from '../usePagesTranslation';
import { ladderOf } from './ladder';
import { useScorecardHistory } from './useScorecards';
import screen from '../screen/Screen.module.css';

const tones: Tone[] = ['good', 'info', 'warning'];

/**
 * Entities by level over time, of one team or of all.
 *
 * @internal
 */
export function ScorecardTrend(props: { scorecard: Scorecard; team?: string }) {
  const { t } = usePagesTranslation();
  const { scorecard, team } = props;
  const { value, error, retry } = useScorecardHistory({
    id: scorecard.id,
    team,
  });
  const steps = ladderOf(scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  }).filter(step => step.id !== 'unknown');
  return (
    <Panel
      title={t('pages.scorecard.history.title')}
      note={t('pages.scorecard.history.note')}
    >
      {error && (
        <ErrorState
          title={t('pages.scorecard.history.error')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <RowsSkeleton rows={1} height={220} />}
      {value && value.points.length < 2 && (
        <p className={screen.muted}>{t('pages.scorecard.history.starts')}</p>
      )}
      {value && value.points.length >= 2 && (
        <TrendChart
          label={t('pages.scorecard.history.note')}
          height={220}
          stacked
          series={steps.map((step, index) => ({
            id: step.id,
            title: step.title,
            tone: step.id === 'none' ? 'muted' : tones[index % tones.length],
          }))}
          points={value.points.map(point => ({
            at: point.day,
            values: Object.fromEntries(
              steps.map(step => [step.id, point.byLevel[step.id] ?? 0]),
            ),
          }))}
        />
      )}
    </Panel>
  );
}
