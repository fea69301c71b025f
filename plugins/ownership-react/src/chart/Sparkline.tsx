import { useId } from 'react';
import { toneClass } from '../palette';
import type { Tone } from '../palette';
import styles from './Sparkline.module.css';

/**
 * A small line without axes. Gaps stay gaps. With `split` the line is good
 * above that value and bad below it, with the value as a dashed line.
 *
 * @public
 */
export function Sparkline(props: {
  /** At equal steps, oldest first; a missing value is a gap. */
  values: ReadonlyArray<number | null | undefined>;
  /** Pixels; default 96. */
  width?: number;
  /** Pixels; default 28. */
  height?: number;
  /** The colour where there is no `split`; default `info`. */
  tone?: Tone;
  split?: number;
  /** What the line says, for those who cannot see it; without it the line is decoration. */
  label?: string;
}) {
  const { values, width = 96, height = 28, split } = props;
  const id = useId();
  const known = values.filter(isNumber);
  if (known.length < 2) {
    return null;
  }
  const low = Math.min(...known, split ?? Infinity);
  const high = Math.max(...known, split ?? -Infinity);
  const margin = 2;
  const x = (index: number) =>
    margin + (index / (values.length - 1)) * (width - 2 * margin);
  const y = (value: number) =>
    high === low
      ? height / 2
      : margin + ((high - value) / (high - low)) * (height - 2 * margin);
  const runs = connectedRuns(values);
  const line = runs
    .map(run =>
      run
        .map(
          ({ index, value }, at) =>
            `${at ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
        )
        .join(''),
    )
    .join('');
  const base = split === undefined ? height : y(split);
  const area = runs
    .filter(run => run.length > 1)
    .map(
      run =>
        `M${x(run[0].index).toFixed(1)} ${base}${run
          .map(p => `L${x(p.index).toFixed(1)} ${y(p.value).toFixed(1)}`)
          .join('')}L${x(run[run.length - 1].index).toFixed(1)} ${base}Z`,
    )
    .join('');
  const halves: Array<{ tone: Tone; from: number; to: number }> =
    split === undefined
      ? [{ tone: props.tone ?? 'info', from: -2, to: height + 2 }]
      : [
          { tone: 'good', from: -2, to: base },
          { tone: 'bad', from: base, to: height + 2 },
        ];
  return (
    <svg
      className={styles.sparkline}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      {...(props.label
        ? { role: 'img', 'aria-label': props.label }
        : { 'aria-hidden': true })}
    >
      {split !== undefined && (
        <line className={styles.zero} x1={0} x2={width} y1={base} y2={base} />
      )}
      {halves.map(({ tone, from, to }) => (
        <g key={tone} className={toneClass(tone)}>
          <clipPath id={`${id}${tone}`}>
            <rect x={-2} y={from} width={width + 4} height={to - from} />
          </clipPath>
          <g clipPath={`url(#${id}${tone})`}>
            <path className={styles.area} d={area} />
            <path className={styles.line} d={line} />
          </g>
        </g>
      ))}
    </svg>
  );
}

function connectedRuns(values: ReadonlyArray<number | null | undefined>) {
  const runs: Array<Array<{ index: number; value: number }>> = [[]];
  values.forEach((value, index) => {
    if (isNumber(value)) {
      runs[runs.length - 1].push({ index, value });
    } else if (runs[runs.length - 1].length > 0) {
      runs.push([]);
    }
  });
  return runs.filter(run => run.length > 0);
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
