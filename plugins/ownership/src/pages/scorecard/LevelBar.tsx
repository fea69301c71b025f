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
          data-ink={inkOf(step)}
          title={`${step.title}: ${count}`}
          style={{ flexGrow: count, background: stepColour(step) }}
        >
          {count}
        </span>
      ))}
    </span>
  );
}

/** What can be read on the colour of a step, in both themes. */
function inkOf({ height = 0 }: Step) {
  if (height < 0.55) {
    return 'page';
  }
  return height < 0.95 ? 'black' : undefined;
}
