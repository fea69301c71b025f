import { DateTime } from 'luxon';
import { DateField } from '../screen/DateField';
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
  const chosen = DateTime.fromISO(params.get(name) ?? '');
  const since = (day: DateTime) =>
    change({
      [name]: day.isValid ? day.startOf('day').toUTC().toISO()! : undefined,
    });
  return (
    <div className={styles.field}>
      <DateField
        label={t(`pages.drift.filters.${name}Label`)}
        max={DateTime.now().toISODate()}
        value={chosen.isValid ? chosen.toISODate() : ''}
        onChange={day => since(DateTime.fromISO(day))}
      />
      <span className={screen.chips}>
        {presets.map(days => (
          <button
            key={days}
            type="button"
            className={screen.chip}
            onClick={() => since(DateTime.now().minus({ days }))}
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
