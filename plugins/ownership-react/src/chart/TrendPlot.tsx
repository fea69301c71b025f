import {
  Area,
  CartesianGrid,
  ComposedChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { toneColor } from '../palette';
import { ChartTooltip } from './ChartTooltip';
import type { TrendChartProps } from './TrendChart';
import { shareTicks } from './shareTicks';
import { timeTicks } from './timeTicks';

/**
 * The drawn part of a trend chart; loaded on demand, hence the default export.
 *
 * @internal
 */
export default function TrendPlot(
  props: TrendChartProps & {
    height: number;
    format(value: number): string;
    times: { tick(at: number): string; exact(at: number): string };
  },
) {
  const { series, points, height, stacked, format, times } = props;
  const { atLeast = 1, fractions = false } = props;
  const shares = shareTicks({
    low: 0,
    high: Math.max(highest(props), atLeast),
  });
  const data = points.map(({ at, values }) => ({
    at: Date.parse(at),
    ...values,
  }));
  const from = data[0].at;
  const to = data[data.length - 1].at;
  return (
    <ResponsiveContainer
      width="100%"
      height={height}
      initialDimension={{ width: 480, height }}
    >
      <ComposedChart
        data={data}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--ownership-grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          ticks={timeTicks({ from, to, count: 4 })}
          tickFormatter={times.tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--ownership-grid)' }}
        />
        <YAxis
          width={44}
          tickCount={4}
          allowDecimals={fractions}
          {...(fractions
            ? { ticks: shares, domain: [0, shares[shares.length - 1]] }
            : { domain: [0, highest(props) > atLeast ? 'auto' : atLeast] })}
          tickFormatter={format}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ownership-muted-fill)' }}
          content={
            <ChartTooltip time={times.exact} value={value => format(value)} />
          }
        />
        {series.map(({ id, title, tone, dashed }) => (
          <Area
            key={id}
            dataKey={id}
            name={title}
            type="monotone"
            stackId={stacked ? 'all' : undefined}
            stroke={toneColor(tone).fill}
            strokeWidth={2}
            strokeDasharray={dashed ? '5 4' : undefined}
            fill={toneColor(tone).fill}
            fillOpacity={stacked ? 0.35 : 0.08}
            // One moment alone makes no line.
            dot={
              points.filter(({ values }) => values[id] !== undefined).length ===
              1
            }
            isAnimationActive={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** The highest value that is drawn: of any line, or of all areas together. */
function highest({ series, points, stacked }: TrendChartProps): number {
  return points.reduce((most, { values }) => {
    const known = series.map(({ id }) => values[id] ?? 0);
    const value = stacked
      ? known.reduce((sum, part) => sum + part, 0)
      : Math.max(...known);
    return Math.max(most, value);
  }, 0);
}
