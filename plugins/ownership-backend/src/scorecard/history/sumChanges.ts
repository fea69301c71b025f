import type { RuleFlip } from '@service-ownership/backstage-plugin-ownership-common';
import { composeFlips, readFlips, type ChangeRow } from './ResultChange';

const OUTCOMES: Record<string, RuleFlip['from']> = {
  p: 'pass',
  f: 'fail',
  u: 'unknown',
  w: 'waived',
  '-': 'not-asked',
};

/** How much an outcome helps a component up. */
const WORTH: Record<RuleFlip['from'], number> = {
  pass: 3,
  waived: 2,
  'not-asked': 2,
  unknown: 1,
  fail: 0,
};

/**
 * The rules that flipped over some days of one component: those that end
 * otherwise than they began, with the last day each flipped.
 *
 * @param options - `rows`: by day, the oldest first. `today`: no day is later,
 * whatever a clock said that was ahead
 */
export function sumFlips(options: {
  rows: readonly ChangeRow[];
  today: string;
  titleOf(ruleId: string): string;
}): RuleFlip[] {
  const { rows, today, titleOf } = options;
  let net: Record<string, string> = {};
  const days = new Map<string, string>();
  for (const row of rows) {
    const flips = readFlips(row);
    net = composeFlips(net, flips);
    for (const ruleId of Object.keys(flips)) {
      days.set(ruleId, row.day < today ? row.day : today);
    }
  }
  return Object.entries(net).map(([ruleId, [from, to]]) => ({
    ruleId,
    title: titleOf(ruleId),
    from: OUTCOMES[from],
    to: OUTCOMES[to],
    day: days.get(ruleId)!,
  }));
}

/** Those that explain a move in this direction first, the latest of them first. */
export function orderFlips(flips: RuleFlip[], move: 'up' | 'down'): RuleFlip[] {
  const sign = move === 'up' ? -1 : 1;
  const gain = ({ from, to }: RuleFlip) => (WORTH[to] - WORTH[from]) * sign;
  return [...flips].sort(
    (a, b) =>
      gain(a) - gain(b) ||
      b.day.localeCompare(a.day) ||
      a.ruleId.localeCompare(b.ruleId),
  );
}

/** Whether a flip goes the way of a move. */
export function explains(
  { from, to }: Pick<RuleFlip, 'from' | 'to'>,
  move: 'up' | 'down',
): boolean {
  return move === 'up' ? WORTH[to] > WORTH[from] : WORTH[to] < WORTH[from];
}
