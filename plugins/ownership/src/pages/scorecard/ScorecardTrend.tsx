import { ErrorState } from '@service-ownership/backstage-plugin-ownership-react';
import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { usePagesTranslation } from '../usePagesTranslation';
import { LevelHistory } from './LevelHistory';
import { useScorecardHistory } from './useScorecards';
import screen from '../screen/Screen.module.css';

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
        <LevelHistory scorecard={scorecard} points={value.points} />
      )}
    </Panel>
  );
}
