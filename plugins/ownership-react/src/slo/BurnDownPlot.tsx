import type { BurnDownPoint } from '@service-ownership/backstage-plugin-ownership-common';
import { useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip } from '../chart/ChartTooltip';
import { timeTicks } from '../chart/timeTicks';
import { toneColor } from '../palette';
import type { BurnDownMarker } from './BurnDownChart';

const good = toneColor('good').fill;
const bad = toneColor('bad').fill;

/**
 * The drawn part of a burn-down chart; loaded on demand, hence the default
 * export.
 *
 * @internal
 */
export default function BurnDownPlot(props: {
  points: readonly BurnDownPoint[];
  window: { start: string; end: string };
  markers: readonly BurnDownMarker[];
  height: number;
  names: { remaining: string; ideal: string };
  share(ratio: number): string;
  times: { tick(at: number): string; exact(at: number): string };
}) {
  const { points, markers, height, names, share, times } = props;
  const id = useId();
  const from = Date.parse(props.window.start);
  const to = Date.parse(props.window.end);
  const known = points.flatMap(({ remaining }) => remaining ?? []);
  const high = Math.max(...known, 1);
  const low = Math.min(...known, 0);
  // The ideal line goes on to the end of the window, the budget to now.
  const data = [
    ...points,
    ...(points[points.length - 1].at < to ? [{ at: to, ideal: 0 }] : []),
  ];
  // The gradient spans the drawn line, from its highest to its lowest value.
  const top = Math.max(...known);
  const bottom = Math.min(...known, 0);
  const zero = top > bottom ? Math.max(0, top / (top - bottom)) : 1;
  return (
    <ResponsiveContainer
      width="100%"
      height={height}
      initialDimension={{ width: 640, height }}
    >
      <ComposedChart
        data={data}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <defs>
          <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
            <stop offset={zero} stopColor={good} />
            <stop offset={zero} stopColor={bad} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--ownership-grid)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[from, to]}
          ticks={timeTicks({ from, to, count: 5 })}
          tickFormatter={times.tick}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          width={56}
          domain={[low, high]}
          tickCount={5}
          tickFormatter={share}
          tickLine={false}
          axisLine={false}
        />
        <ReferenceLine y={0} stroke="var(--ownership-muted)" />
        {markers.map(marker => (
          <ReferenceLine
            key={`${marker.at} ${marker.title}`}
            x={Date.parse(marker.at)}
            stroke="var(--ownership-info)"
            strokeDasharray="2 3"
          />
        ))}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ownership-muted-fill)' }}
          content={<ChartTooltip time={times.exact} value={share} />}
        />
        <Line
          dataKey="ideal"
          name={names.ideal}
          type="linear"
          stroke="var(--ownership-muted-fill)"
          strokeDasharray="5 4"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
        <Area
          dataKey="remaining"
          name={names.remaining}
          type="linear"
          baseValue={0}
          stroke={`url(#${id})`}
          strokeWidth={2}
          fill={`url(#${id})`}
          fillOpacity={0.15}
          dot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
