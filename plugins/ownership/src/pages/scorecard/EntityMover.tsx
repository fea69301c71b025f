import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  Scorecard,
  ScorecardMovers,
} from '@service-ownership/backstage-plugin-ownership-common';
import { ScoreChange } from '../screen/ScoreChange';
import { scoreDifference } from '../screen/scoreDifference';
import { usePagesTranslation } from '../usePagesTranslation';
import { FlipText } from './FlipText';
import { ladderOf } from './ladder';
import styles from './Movers.module.css';

const shown = 2;

/**
 * One component that moved: from which level to which, and the rule that
 * flipped.
 *
 * @internal
 */
export function EntityMover(props: {
  item: ScorecardMovers['entities']['up']['items'][number];
  scorecard: Scorecard;
}) {
  const { t } = usePagesTranslation();
  const { item, scorecard } = props;
  const steps = ladderOf(scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  });
  const levelOf = (id: string) =>
    steps.find(step => step.id === id)?.title ?? id;
  return (
    <li className={styles.mover}>
      <EntityRefLink
        entityRef={item.entityRef}
        title={item.entityTitle}
        hideIcon
      />
      <ScoreChange
        points={scoreDifference({
          score: item.toScore,
          previousScore: item.fromScore,
        })}
      />
      <span className={styles.reasons}>
        {item.from !== item.to && (
          <span>
            {t('pages.scorecard.movers.level', {
              from: levelOf(item.from),
              to: levelOf(item.to),
            })}
          </span>
        )}
        {item.reasons.slice(0, shown).map(reason => (
          <FlipText key={reason.ruleId} flip={reason} day={reason.day} />
        ))}
        {item.reasons.length === 0 && (
          <span>{t('pages.scorecard.movers.noReason')}</span>
        )}
      </span>
    </li>
  );
}
