import styles from './Initiative.module.css';

/**
 * A day to choose, as `2026-11-21`.
 *
 * @internal
 */
export function DayField(props: {
  label: string;
  value: string;
  min?: string;
  onChange(day: string): void;
}) {
  return (
    <label className={styles.field}>
      {props.label}
      <input
        type="date"
        className={styles.date}
        value={props.value}
        min={props.min}
        onChange={event => props.onChange(event.target.value)}
        required
      />
    </label>
  );
}
