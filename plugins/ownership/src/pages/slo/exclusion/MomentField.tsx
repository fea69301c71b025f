import styles from './Exclusion.module.css';

/**
 * A local date and time to choose, as `2026-11-21T08:00`.
 *
 * @internal
 */
export function MomentField(props: {
  label: string;
  value: string;
  onChange(moment: string): void;
}) {
  return (
    <label className={styles.field}>
      {props.label}
      <input
        type="datetime-local"
        className={styles.input}
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
        required
      />
    </label>
  );
}
