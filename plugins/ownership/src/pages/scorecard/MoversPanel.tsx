import { useApi } from '@backstage/core-plugin-api';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import type {
  Scorecard,
  ScorecardMovers,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  ErrorState,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useId } from 'react';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { useDates } from '../screen/useDates';
import { ScoreChange } from '../screen/ScoreChange';
import { scoreDifference } from '../screen/scoreDifference';
import { ScreenLink } from '../screen/ScreenLink';
import { useLoaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { EntityMover } from './EntityMover';
import { FlipText } from './FlipText';
import screen from '../screen/Screen.module.css';
import styles from './Movers.module.css';

/**
 * Who moved most on a scorecard since last month, those that fell first, each
 * with the rule that flipped.
 *
 * @internal
 */
export function MoversPanel(props: {
  scorecard: Scorecard;
  team?: string;
  /** Day to compare with; 30 days ago without. */
  since?: string;
  /** How many of each kind, with the way to the others; 5 without. */
  limit?: number;
}) {
  const { t } = usePagesTranslation();
  const { dayInYear } = useDates();
  const api = useApi(ownershipApiRef);
  const { scorecard, team, since, limit } = props;
  const { value, error, retry } = useLoaded({
    key: JSON.stringify([scorecard.id, team, since, limit]),
    load: () => api.getScorecardMovers(scorecard.id, { team, since, limit }),
  });
  const moved =
    value &&
    (['down', 'up'] as const).some(
      move => value.entities[move].count > 0 || value.teams[move].length > 0,
    );
  return (
    <Panel
      title={t('pages.scorecard.movers.title')}
      note={
        value
          ? t('pages.scorecard.movers.note', {
              scorecard: scorecard.title,
              day: dayInYear(value.since),
            })
          : scorecard.title
      }
      actions={
        limit &&
        moved && (
          <ScreenLink
            to={linkTo('scorecards', { scorecard: scorecard.id, group: team })}
          >
            {t('pages.scorecard.movers.all')}
          </ScreenLink>
        )
      }
    >
      {error && <ErrorState error={error} retry={retry} />}
      {!value && !error && <RowsSkeleton rows={5} />}
      {value && !moved && (
        <p className={screen.muted}>{t('pages.scorecard.movers.empty')}</p>
      )}
      {value && (
        <div className={styles.movers}>
          {(['down', 'up'] as const).map(move => (
            <Movers
              key={move}
              move={move}
              movers={value}
              scorecard={scorecard}
            />
          ))}
        </div>
      )}
      {value && value.hidden > 0 && (
        <p className={screen.small}>
          {t('pages.scorecard.teams.hiddenNote', { count: value.hidden })}
        </p>
      )}
    </Panel>
  );
}

function Movers(props: {
  move: 'up' | 'down';
  movers: ScorecardMovers;
  scorecard: Scorecard;
}) {
  const { t } = usePagesTranslation();
  const { move, movers, scorecard } = props;
  const id = useId();
  const { count, items } = movers.entities[move];
  const teams = movers.teams[move];
  if (count === 0 && teams.length === 0) {
    return null;
  }
  const Arrow = move === 'up' ? RiArrowUpLine : RiArrowDownLine;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading} data-move={move}>
        <Arrow size={16} aria-hidden />
        {t(`pages.scorecard.movers.${move}`, { count })}
      </h3>
      <div className={styles.kinds}>
        {items.length > 0 && (
          <div>
            <ol className={screen.plainList}>
              {items.map(item => (
                <EntityMover
                  key={item.entityRef}
                  item={item}
                  scorecard={scorecard}
                />
              ))}
            </ol>
            {count > items.length && (
              <p className={screen.small}>
                {t('pages.scorecard.movers.more', {
                  count: count - items.length,
                })}
              </p>
            )}
          </div>
        )}
        {teams.length > 0 && (
          <div>
            <p className={styles.label}>{t('pages.scorecard.movers.teams')}</p>
            <ol className={screen.plainList}>
              {teams.map(team => (
                <li key={team.ref} className={styles.mover}>
                  <ScreenLink
                    to={linkTo('scorecards', {
                      scorecard: scorecard.id,
                      group: team.ref,
                    })}
                  >
                    {team.title}
                  </ScreenLink>
                  <ScoreChange
                    points={scoreDifference({
                      score: team.toScore,
                      previousScore: team.fromScore,
                    })}
                  />
                  <span className={styles.reasons}>
                    {team.fromEntities !== team.toEntities && (
                      <span>
                        {t('pages.scorecard.movers.entities', {
                          from: team.fromEntities,
                          to: team.toEntities,
                        })}
                      </span>
                    )}
                    {team.reasons.slice(0, 2).map(reason => (
                      <FlipText
                        key={reason.ruleId}
                        flip={reason}
                        entities={reason.entities}
                      />
                    ))}
                  </span>
                </li>
              ))}
            </ol>
          </div>
        )}
      </div>
    </section>
  );
}
