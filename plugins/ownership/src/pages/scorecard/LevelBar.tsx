import { usePagesTranslation } from '../usePagesTranslation';
import { stepColour } from './ladder';
import type { Step } from './ladder';
import styles from './Scorecard.module.css';

/**
 * Entities by level as one stacked bar with its counts.
 *
 * @internal
 */
export function LevelBar(props: {
  name: string;
  steps: Step[];
  byLevel: Record<string, number>;
}) {
  const { t } = usePagesTranslation();
  const { steps, byLevel } = props;
  const parts = steps
    .map(step => ({ step, count: byLevel[step.id] ?? 0 }))
    .filter(part => part.count > 0);
  return (
    <span
      className={styles.levelBar}
      role="img"
      aria-label={t('pages.scorecard.teams.bar', {
        name: props.name,
        levels: parts
          .map(({ step, count }) => `${step.title} ${count}`)
          .join(', '),
      })}
    >
      {parts.map(({ step, count }) => (
        <span
          key={step.id}
          className={styles.levelPart}
          data-light={(step.height ?? 0) < 0.6 || undefined}
          title={`${step.title}: ${count}`}
          style={{ flexGrow: count, background: stepColour(step) }}
        >
          {count}
        </span>
      ))}
    </span>
  );
}
