import type { Scorecard } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import { ladderOf, stepColour } from './ladder';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

/**
 * The ladder: what each colour stands for, from the lowest step up.
 *
 * @internal
 */
export function LevelLegend(props: { scorecard: Scorecard }) {
  const { t } = usePagesTranslation();
  const { scorecard } = props;
  const rules = new Map(
    scorecard.levels.map(level => [level.id, level.rules.length]),
  );
  const steps = ladderOf(scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  }).reverse();
  return (
    <div>
      <h2 className={styles.title}>{scorecard.title}</h2>
      {scorecard.description && (
        <p className={styles.description}>{scorecard.description}</p>
      )}
      <ul className={styles.legend} aria-label={t('pages.scorecard.levels')}>
        {steps.map(step => (
          <li key={step.id}>
            <span
              className={styles.swatch}
              style={{ background: stepColour(step) }}
              aria-hidden="true"
            />
            {step.title}
            {rules.has(step.id) && (
              <span className={screen.small}>
                {t('pages.scorecard.levelsNote', {
                  count: rules.get(step.id) ?? 0,
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
