import type { Scan } from '@service-ownership/backstage-plugin-ownership-common';
import { showControls } from '../command/showControls';
import type { Output, Shell } from '../command/Shell';

const BAR_WIDTH = 30;

/**
 * Shows how far a scan is, on standard error: a bar that is drawn over on a
 * terminal, and elsewhere a line for every tenth of the way.
 *
 * @internal
 */
export class ScanProgress {
  readonly #output: Output;
  #lastLine = '';

  constructor(shell: Pick<Shell, 'stderr'>) {
    this.#output = shell.stderr;
  }

  show(scan: Pick<Scan, 'state' | 'processed' | 'total'>): void {
    const line = this.#output.isTTY
      ? barOf(scan, this.#output.columns || 80)
      : stepOf(scan);
    if (line !== this.#lastLine) {
      this.#lastLine = line;
      this.#output.write(
        this.#output.isTTY ? `\r\u001b[2K${line}` : `${line}\n`,
      );
    }
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#output.isTTY) {
      this.#output.write('\r\u001b[2K');
    }
  }
}

function shareOf({ processed, total }: Pick<Scan, 'processed' | 'total'>) {
  return total > 0 ? Math.min(1, processed / total) : 0;
}

/**
 * As much as fits into one line of a terminal: drawing over two would leave
 * parts of them behind.
 */
function barOf(
  scan: Pick<Scan, 'state' | 'processed' | 'total'>,
  columns: number,
): string {
  const { total, processed, state } = scan;
  const share = shareOf(scan);
  const percent =
    total > 0
      ? `${String(Math.round(share * 100)).padStart(3)} %`
      : showControls(state);
  const count =
    total > 0
      ? `${percent}  ${number(processed)} of ${number(total)}`
      : percent;
  const room = columns - `Scan [] ${count}`.length - 1;
  if (room < 5) {
    const lines = [`Scan ${count}`, `Scan ${percent}`];
    return lines.find(line => line.length < columns) ?? '';
  }
  const width = Math.min(BAR_WIDTH, room);
  const full = Math.round(share * width);
  return `Scan [${'█'.repeat(full)}${'░'.repeat(width - full)}] ${count}`;
}

function stepOf(scan: Pick<Scan, 'state' | 'processed' | 'total'>): string {
  if (scan.total === 0) {
    return `Scan ${showControls(scan.state)}`;
  }
  return `Scan ${Math.floor(shareOf(scan) * 10) * 10} % of ${number(
    scan.total,
  )} components`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
