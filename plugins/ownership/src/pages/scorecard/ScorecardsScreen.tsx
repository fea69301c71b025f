import { Select, Skeleton } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';
import { ScreenLink } from '../screen/ScreenLink';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { ConfigurationAlert } from './ConfigurationAlert';
import { DryRunPanel } from './DryRunPanel';
import { LevelLegend } from './LevelLegend';
import { LeversPanel } from './LeversPanel';
import { MoversPanel } from './MoversPanel';
import { ResultsPanel } from './ResultsPanel';
import { RollupPanel } from './RollupPanel';
import { ScorecardTrend } from './ScorecardTrend';
import { rollupBys, useRollup, useScorecards } from './useScorecards';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

/**
 * Who stands on which level, what holds them back, and what would lift most.
 *
 * @internal
 */
export function ScorecardsScreen() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const { value, error, retry } = useScorecards();
  const scorecards = value?.items ?? [];
  const chosen =
    scorecards.find(item => item.id === params.get('scorecard')) ??
    scorecards[0];

  return (
    <div className={screen.screen}>
      {error && (
        <ErrorState
          title={t('pages.scorecard.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {value?.problem && <ConfigurationAlert problem={value.problem} />}
      {!value && !error && <Skeleton width="100%" height={420} />}
      {value && !chosen && (
        <EmptyState
          title={t('pages.scorecard.emptyTitle')}
          description={t('pages.scorecard.emptyNext')}
        />
      )}
      {chosen && (
        <>
          {scorecards.length > 1 && (
            <div className={screen.toolbar}>
              <Select
                className={screen.teamSelect}
                label={t('pages.scorecard.choose')}
                value={chosen.id}
                options={scorecards.map(({ id, title }) => ({
                  id,
                  label: title,
                }))}
                onChange={key =>
                  change({
                    scorecard: String(key),
                    level: undefined,
                    rule: undefined,
                    entity: undefined,
                  })
                }
              />
            </div>
          )}
          <ScorecardBody key={chosen.id} scorecard={chosen} />
        </>
      )}
    </div>
  );
}

function ScorecardBody(props: { scorecard: Scorecard }) {
  const { t } = usePagesTranslation();
  const { params } = useUrlQuery();
  const { scorecard } = props;
  const groupBy = rollupBys.find(by => by === params.get('groupBy')) ?? 'team';
  const rollup = useRollup({ id: scorecard.id, groupBy });
  const drilled = ['group', 'rule', 'level'].some(name => params.get(name));

  if (rollup.value?.items.length === 0 && groupBy === 'team') {
    return (
      <EmptyState
        title={t('pages.scorecard.noResultsTitle')}
        description={t('pages.scorecard.noResultsNext')}
        action={
          <ScreenLink to="drift">{t('pages.scorecard.goToDrift')}</ScreenLink>
        }
      />
    );
  }
  return (
    <>
      <LevelLegend scorecard={scorecard} />
      <div className={`${screen.columns} ${styles.body}`}>
        {drilled ? (
          <ResultsPanel
            scorecard={scorecard}
            rollup={rollup.value}
            groupBy={groupBy}
          />
        ) : (
          <RollupPanel
            scorecard={scorecard}
            rollup={rollup}
            groupBy={groupBy}
          />
        )}
        <div className={styles.aside}>
          <LeversPanel rollup={rollup} />
          <ScorecardTrend
            scorecard={scorecard}
            team={
              groupBy === 'team' ? params.get('group') ?? undefined : undefined
            }
          />
        </div>
      </div>
      <MoversPanel
        scorecard={scorecard}
        team={groupBy === 'team' ? params.get('group') ?? undefined : undefined}
      />
      <DryRunPanel scorecard={scorecard} />
    </>
  );
}
