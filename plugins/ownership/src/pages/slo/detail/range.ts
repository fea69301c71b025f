import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';

const seconds = { week: 604_800, threeDays: 259_200, day: 86_400 };
const smallestStep = 300;
const pointsWanted = 300;

/** @internal */
export type Range = 'window' | keyof typeof seconds;

/**
 * The ranges that make sense for a window: the whole, and those shorter.
 *
 * @internal
 */
export function rangesOf(status: SloStatus): Range[] {
  const length = windowSeconds(status);
  return [
    'window',
    ...(Object.keys(seconds) as Array<keyof typeof seconds>).filter(
      range => seconds[range] < length,
    ),
  ];
}

/** @internal */
export function rangeOf(text: string | null, status: SloStatus): Range {
  return rangesOf(status).find(range => range === text) ?? 'window';
}

/**
 * What to ask the history for: about 300 steps, each a multiple of 5 minutes,
 * ending with the evaluation the figures are from.
 *
 * @internal
 */
export function historyQuery(
  range: Range,
  status: SloStatus,
): { from: string; to: string; step: number } {
  const to = Math.min(
    Date.parse(status.evaluatedAt),
    Date.parse(status.window.end),
  );
  const from =
    range === 'window'
      ? Date.parse(status.window.start)
      : to - seconds[range] * 1000;
  const step = (to - from) / 1000 / pointsWanted;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    step: Math.max(smallestStep, Math.ceil(step / smallestStep) * smallestStep),
  };
}

function windowSeconds(status: SloStatus): number {
  return (
    (Date.parse(status.window.end) - Date.parse(status.window.start)) / 1000
  );
}
