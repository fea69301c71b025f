import { useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip } from '../chart/ChartTooltip';
import { shareTicks } from '../chart/shareTicks';
import { timeTicks } from '../chart/timeTicks';
import { toneColor } from '../palette';
import type { BurnDownChartProps, BurnDownMarker } from './BurnDownChart';
import { markerKindOf, markerTones } from './markerKinds';
import type { MarkerKind } from './markerKinds';

const good = toneColor('good').fill;
const bad = toneColor('bad').fill;

const dashes = {
  rolledback: '6 3',
  failed: '6 3',
  removed: '2 3',
  incident: undefined,
  alert: '1 3',
  excluded: '2 3',
  changed: '1 3',
  other: '2 3',
};

// Alerts lie over each other and over the incident they are about.
const shade: Partial<Record<MarkerKind, number>> = {
  incident: 0.15,
  alert: 0.08,
  excluded: 0.5,
};

/**
 * The drawn part of a burn-down chart; loaded on demand, hence the default
 * export.
 *
 * @internal
 */
export default function BurnDownPlot(props: {
  points: BurnDownChartProps['points'];
  window: { start: string; end: string };
  markers: readonly BurnDownMarker[];
  height: number;
  close?: boolean;
  names: { remaining: string; ideal: string };
  share(ratio: number): string;
  describe(marker: BurnDownMarker): string;
  times: { tick(at: number): string; exact(at: number): string };
}) {
  const { points, markers, height, names, share, times } = props;
  const id = useId();
  const from = Date.parse(props.window.start);
  const to = Date.parse(props.window.end);
  const known = points.flatMap(({ remaining }) => remaining ?? []);
  const ticks = shareTicks(
    props.close
      ? closeTo(known)
      : { low: Math.min(...known, 0), high: Math.max(...known, 1) },
  );
  const low = ticks[0];
  const high = ticks[ticks.length - 1];
  // The ideal line goes on to the end of the window, the budget to now.
  const even = points.some(({ ideal }) => ideal !== undefined);
  const data = [
    ...points,
    ...(points[points.length - 1].at < to && even
      ? [{ at: to, ideal: 0 }]
      : []),
  ];
  // The gradient spans the drawn line, from its highest to its lowest value. A
  // line on one side of 0 has one colour: a level one has no height to span.
  const top = Math.max(...known, 0);
  const bottom = Math.min(...known, 0);
  const twoTone = top > 0 && bottom < 0;
  const oneTone = bottom < 0 ? bad : good;
  const colour = twoTone ? `url(#${id})` : oneTone;
  const inRange = markers.filter(
    ({ at, until, open }) =>
      (open || Date.parse(until ?? at) >= from) && Date.parse(at) <= to,
  );
  const last = points[points.length - 1].at;
  const spans = inRange
    .filter(({ until, open }) => until || open)
    .map(marker => ({
      marker,
      start: Math.max(from, Date.parse(marker.at)),
      end: Math.min(to, marker.until ? Date.parse(marker.until) : last),
    }));
  const moments = inRange.filter(({ until, open }) => !until && !open);
  const notesAt = (at: number) => {
    const index = points.findIndex(point => point.at === at);
    const before = points[index - 1]?.at ?? -Infinity;
    return inRange.filter(marker => {
      const start = Date.parse(marker.at);
      const end = marker.until ? Date.parse(marker.until) : start;
      return start <= at && (marker.open ? last : end) > before;
    });
  };
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
            <stop offset={top / (top - bottom || 1)} stopColor={good} />
            <stop offset={top / (top - bottom || 1)} stopColor={bad} />
          </linearGradient>
          <pattern
            id={`${id}hatch`}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect
              width={2}
              height={6}
              fill={toneColor(markerTones.excluded).fill}
            />
          </pattern>
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
          allowDataOverflow={props.close}
          ticks={ticks}
          interval={0}
          tickFormatter={share}
          tickLine={false}
          axisLine={false}
        />
        {low <= 0 && high >= 0 && (
          <ReferenceLine y={0} stroke="var(--ownership-muted)" />
        )}
        {spans.map(({ marker, start, end }, index) => (
          <ReferenceArea
            key={`span ${index}`}
            x1={start}
            x2={end}
            fill={
              markerKindOf(marker) === 'excluded'
                ? `url(#${id}hatch)`
                : toneColor(markerTones[markerKindOf(marker)]).fill
            }
            fillOpacity={shade[markerKindOf(marker)] ?? 0.22}
            stroke={toneColor(markerTones[markerKindOf(marker)]).fill}
            strokeOpacity={0.6}
          />
        ))}
        {moments.map((marker, index) => {
          const kind = markerKindOf(marker);
          const x = Date.parse(marker.at);
          const { fill } = toneColor(markerTones[kind]);
          // There are many deployments: short strokes at the foot stay apart
          // where lines over the whole height would become a wall.
          return kind === 'deployment' ? (
            <ReferenceLine
              key={`moment ${index}`}
              segment={[
                { x, y: low },
                { x, y: low + (high - low) * 0.08 },
              ]}
              stroke={fill}
              strokeWidth={2}
            />
          ) : (
            <ReferenceLine
              key={`moment ${index}`}
              x={x}
              stroke={fill}
              strokeWidth={1.5}
              strokeDasharray={dashes[kind]}
            />
          );
        })}
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--ownership-muted-fill)' }}
          content={
            <ChartTooltip
              time={times.exact}
              value={share}
              notes={at => notesAt(at).map(props.describe)}
            />
          }
        />
        {even && (
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
        )}
        <Area
          dataKey="remaining"
          name={names.remaining}
          type="linear"
          baseValue={Math.min(Math.max(low, 0), high)}
          stroke={colour}
          strokeWidth={2}
          fill={colour}
          fillOpacity={0.15}
          dot={false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

// At least five percent high, so that what is next to nothing looks like it.
function closeTo(known: readonly number[]): { low: number; high: number } {
  if (known.length === 0) {
    return { low: 0, high: 1 };
  }
  const top = Math.max(...known);
  const bottom = Math.min(...known);
  const margin = Math.max(0.1 * (top - bottom), (0.05 - (top - bottom)) / 2);
  return { low: bottom - margin, high: top + margin };
}
