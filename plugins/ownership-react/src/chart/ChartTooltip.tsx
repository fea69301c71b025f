import styles from './Chart.module.css';

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
    </div>
  );
}
