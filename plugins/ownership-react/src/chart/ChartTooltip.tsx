import styles from './Chart.module.css';

const MAX_NOTES = 6;

/**
 * The exact numbers under the pointer. recharts fills in `active`, `label` and
 * `payload`.
 *
 * @internal
 */
export function ChartTooltip(props: {
  active?: boolean;
  label?: number | string;
  payload?: ReadonlyArray<{
    name?: number | string;
    dataKey?: unknown;
    value?: unknown;
  }>;
  time(at: number): string;
  value(value: number): string;
  /** What else there is to say of a moment. */
  notes?(at: number): string[];
}) {
  const { active, label, payload } = props;
  if (!active || !payload?.length) {
    return null;
  }
  return (
    <div className={styles.tooltip}>
      <div className={styles.tooltipTime}>{props.time(Number(label))}</div>
      {payload
        .filter(item => typeof item.value === 'number')
        .map(item => (
          <div key={String(item.dataKey)}>
            {item.name}: {props.value(item.value as number)}
          </div>
        ))}
      {props
        .notes?.(Number(label))
        .slice(0, MAX_NOTES)
        .map((note, index) => (
          <div key={index}>{note}</div>
        ))}
    </div>
  );
}
