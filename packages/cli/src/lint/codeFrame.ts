import type { Paint } from '../command/Paint';
import { showControls } from '../command/showControls';

/** Lines shown before and after. */
const AROUND = 1;

/**
 * The line a problem is in and its neighbours, with a caret under the column.
 * Long lines are cut around it. Empty where there is nothing to show.
 *
 * @internal
 */
export function codeFrame(options: {
  /** The whole text, line by line. */
  lines?: readonly string[];
  /** From 1. */
  line?: number;
  /** From 1. */
  column?: number;
  /** Width of the terminal. */
  columns: number;
  paint: Paint;
}): string {
  const { lines, line, column = 1, columns, paint } = options;
  if (lines === undefined || line === undefined) {
    return '';
  }
  const first = Math.max(1, line - AROUND);
  const last = Math.min(lines.length, line + AROUND);
  const gutter = String(last).length;
  const width = Math.max(20, columns - gutter - 8);
  const from = column > width - 10 ? column - Math.floor(width / 2) : 0;
  const rows: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const source = lines[number - 1].slice(from, from + width);
    const isHere = number === line;
    if (!isHere && source.trim() === '') {
      continue;
    }
    const label = `${isHere ? '>' : ' '} ${String(number).padStart(gutter)} |`;
    rows.push(
      `  ${isHere ? label : paint.dim(label)} ${showControls(
        source,
      )}`.trimEnd(),
    );
    if (isHere) {
      const before = showControls(
        source.slice(0, Math.max(0, column - 1 - from)),
      );
      rows.push(
        `  ${paint.dim(`  ${' '.repeat(gutter)} |`)} ${' '.repeat(
          before.length,
        )}${paint.red('^')}`,
      );
    }
  }
  return rows.map(row => `${row}\n`).join('');
}
