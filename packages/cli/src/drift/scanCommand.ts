import type { Scan } from '@service-ownership/backstage-plugin-ownership-common';
import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import { exitCodes, type Command } from '../command/Command';
import { count, oneOf } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';
import { Portal } from '../portal/Portal';
import { portalFlags } from '../portal/portalFlags';
import { failOnOpenFindings, severities } from './failOnOpenFindings';
import { ScanProgress } from './ScanProgress';

const POLL_MS = 500;
const DEFAULT_TIMEOUT_SECONDS = 3600;

/**
 * `drift scan`: starts a scan, and with `--wait` stays until it is done.
 *
 * @internal
 */
export const scanCommand: Command = {
  name: 'drift scan',
  summary: 'Start a scan of a portal, and wait for it',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership drift scan',
        flags: {
          wait: {
            type: Boolean,
            description: 'Stay until the scan is done, and show its progress',
          },
          timeout: {
            type: count('--timeout'),
            placeholder: '<seconds>',
            description: `Longest wait; the scan goes on without us. Default: ${DEFAULT_TIMEOUT_SECONDS}`,
          },
          failOn: {
            type: oneOf('--fail-on', severities),
            placeholder: '<severity>',
            description: `With --wait: exit with 1 where findings this bad or worse are open afterwards: ${severities.join(
              ', ',
            )}`,
          },
          ...portalFlags,
        },
        help: helpOf({
          description:
            'Starts a scan of the whole catalog, or joins the one that runs.\nExit code 1: the scan was suspended, failed or was cancelled, or --fail-on found something.',
          usage: ['service-ownership drift scan --url ADDRESS [flags]'],
          examples: [
            'service-ownership drift scan --url https://portal.example.org --wait',
            'service-ownership drift scan --wait --fail-on critical',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({ command: 'drift scan', parsed });
    const { wait, failOn, url, token } = parsed.flags;
    if (failOn && !wait) {
      throw new UsageError(
        '--fail-on needs --wait: what is open is known when the scan is done',
      );
    }
    const portal = Portal.connect({ url, token, shell });
    let scan = await portal.ownership.startScan();
    if (!wait) {
      shell.stdout.write(`Scan ${scan.id} is ${scan.state}.\n`);
      return exitCodes.fine;
    }
    const progress = new ScanProgress(shell);
    const timeout = (parsed.flags.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
    const until = shell.now().getTime() + timeout;
    progress.show(scan);
    while (scan.state === 'queued' || scan.state === 'running') {
      if (shell.now().getTime() >= until) {
        progress.end();
        throw new Error(
          `Scan ${scan.id} is still ${scan.state} after ${
            timeout / 1000
          } s; it goes on without us.`,
        );
      }
      await shell.wait(POLL_MS);
      scan = await portal.ownership.getScan(scan.id);
      progress.show(scan);
    }
    progress.end();
    shell.stdout.write(`${outcomeOf(scan)}\n`);
    if (scan.state !== 'completed') {
      return exitCodes.problems;
    }
    return failOnOpenFindings({ portal, failOn, shell });
  },
};

function outcomeOf(scan: Scan): string {
  const { state, processed, opened, reopened, closed, unchanged } = scan;
  const seconds = scan.finishedAt
    ? (Date.parse(scan.finishedAt) - Date.parse(scan.startedAt)) / 1000
    : undefined;
  const head = `Scan ${state}: ${processed.toLocaleString('en-US')} components${
    seconds === undefined ? '' : ` in ${seconds.toFixed(1)} s`
  }.`;
  const why = scan.reason ?? scan.error;
  return state === 'completed'
    ? `${head} Findings: ${opened} opened, ${reopened} reopened, ${closed} closed, ${unchanged} unchanged.`
    : `${head}${why ? ` ${showControls(why)}` : ''}`;
}
