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
    const line = this.#output.isTTY ? barOf(scan) : stepOf(scan);
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

function barOf(scan: Pick<Scan, 'state' | 'processed' | 'total'>): string {
  const share = shareOf(scan);
  const full = Math.round(share * BAR_WIDTH);
  const count =
    scan.total > 0
      ? `${String(Math.round(share * 100)).padStart(3)} %  ${number(
          scan.processed,
        )} of ${number(scan.total)}`
      : showControls(scan.state);
  return `Scan [${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}] ${count}`;
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
