import type {
  Scorecard,
  ScorecardHistory,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useDates } from '../screen/useDates';
import { usePagesTranslation } from '../usePagesTranslation';
import { ladderOf, stepColour } from './ladder';
import styles from './Scorecard.module.css';

const most = 60;

/**
 * Entities by level as one column a day, in the colours of the ladder, with
 * the same numbers as a table.
 *
 * @internal
 */
export function LevelHistory(props: {
  scorecard: Scorecard;
  /** Oldest first; the latest 60 days are drawn. */
  points: ScorecardHistory['points'];
}) {
  const { t } = usePagesTranslation();
  const points = props.points.slice(-most);
  const steps = ladderOf(props.scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  });
  const highest = Math.max(1, ...points.map(point => point.entities));
  const { dayInYear: date } = useDates();
  const words = (point: ScorecardHistory['points'][number]) =>
    steps
      .map(step => `${step.title} ${point.byLevel[step.id] ?? 0}`)
      .join(', ');

  return (
    <figure className={styles.history}>
      <div
        role="img"
        aria-label={t('pages.scorecard.history.note')}
        className={styles.historyColumns}
      >
        {points.map(point => (
          <span
            key={point.day}
            className={styles.historyColumn}
            title={`${date(point.day)}: ${words(point)}`}
            style={{ height: `${(point.entities / highest) * 100}%` }}
          >
            {steps.map(step => (
              <span
                key={step.id}
                style={{
                  flexGrow: point.byLevel[step.id] ?? 0,
                  background: stepColour(step),
                }}
              />
            ))}
          </span>
        ))}
      </div>
      <div className={styles.historyAxis} aria-hidden="true">
        <span>{date(points[0].day)}</span>
        <span>{date(points[points.length - 1].day)}</span>
      </div>
      <details className={styles.historyTable}>
        <summary>{t('pages.scorecard.history.table')}</summary>
        <div tabIndex={-1} className={styles.historyFrame}>
          <table>
            <caption>{t('pages.scorecard.history.note')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('pages.scorecard.history.day')}</th>
                {steps.map(step => (
                  <th key={step.id} scope="col">
                    {step.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...points].reverse().map(point => (
                <tr key={point.day}>
                  <th scope="row">{date(point.day)}</th>
                  {steps.map(step => (
                    <td key={step.id}>{point.byLevel[step.id] ?? 0}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
