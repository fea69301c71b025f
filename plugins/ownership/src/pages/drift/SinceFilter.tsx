import { DateField } from '../screen/DateField';
import { dayIn, dayOf, isValid, momentOf, startOfDay } from '../screen/days';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

const presets = [0, 7, 30];

/**
 * Only what was opened, or closed, since the beginning of a day.
 *
 * @internal
 */
export function SinceFilter(props: { name: 'openedSince' | 'closedSince' }) {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const { name } = props;
  const chosen = momentOf(params.get(name) ?? '');
  const since = (day: string) => {
    const start = startOfDay(day);
    change({ [name]: isValid(start) ? start.toISOString() : undefined });
  };
  return (
    <div className={styles.field}>
      <DateField
        label={t(`pages.drift.filters.${name}Label`)}
        max={dayIn(0)}
        value={isValid(chosen) ? dayOf(chosen) : ''}
        onChange={since}
      />
      <span className={screen.chips}>
        {presets.map(days => (
          <button
            key={days}
            type="button"
            className={screen.chip}
            onClick={() => since(dayIn(-days))}
          >
            {days === 0
              ? t('pages.drift.filters.today')
              : t('pages.drift.filters.lastDays', { days })}
          </button>
        ))}
      </span>
    </div>
  );
}
