import type { Output, Shell } from './Shell';

/**
 * Colours for text. Colour never says anything that words do not.
 *
 * @internal
 */
export type Paint = Record<
  'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue',
  (value: string) => string
>;

const CODES: Record<keyof Paint, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  blue: [34, 39],
};

/**
 * Colours on a terminal, none elsewhere. `NO_COLOR` and `FORCE_COLOR` decide
 * where they are set.
 *
 * @internal
 */
export function paintFor(shell: Pick<Shell, 'env'>, output: Output): Paint {
  const { NO_COLOR, FORCE_COLOR, TERM } = shell.env;
  const isForced = Boolean(FORCE_COLOR) && FORCE_COLOR !== '0';
  const isColoured =
    isForced || (!NO_COLOR && TERM !== 'dumb' && output.isTTY === true);
  return Object.fromEntries(
    Object.entries(CODES).map(([name, [on, off]]) => [
      name,
      (value: string) =>
        isColoured ? `\u001b[${on}m${value}\u001b[${off}m` : value,
    ]),
  ) as Paint;
}
