import styles from './DateField.module.css';

/**
 * A day to choose, as `2026-11-21`; with the time of day as
 * `2026-11-21T08:00`, by the clock of the reader.
 *
 * @internal
 */
export function DateField(props: {
  label: string;
  /** Empty where none is chosen. */
  value: string;
  min?: string;
  max?: string;
  withTime?: boolean;
  isRequired?: boolean;
  onChange(value: string): void;
}) {
  return (
    <label className={styles.field}>
      <span className={styles.label}>{props.label}</span>
      <input
        type={props.withTime ? 'datetime-local' : 'date'}
        className={styles.input}
        value={props.value}
        min={props.min}
        max={props.max}
        onChange={event => props.onChange(event.target.value)}
        required={props.isRequired}
      />
    </label>
  );
}
