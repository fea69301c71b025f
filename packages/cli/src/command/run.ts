import { dryRunCommand } from '../drift/dryRunCommand';
import { reportCommand } from '../drift/reportCommand';
import { scanCommand } from '../drift/scanCommand';
import { initCommand } from '../contract/initCommand';
import { lintCommand } from '../lint/lintCommand';
import { convertCommand } from '../slo/convertCommand';
import { showCommand } from '../slo/showCommand';
import { sloLintCommand } from '../slo/sloLintCommand';
import { exitCodes, type Command } from './Command';
import { HelpRequest } from './HelpRequest';
import { overview } from './overview';
import type { Shell } from './Shell';
import { showControls } from './showControls';
import { UsageError } from './UsageError';
import { version } from '../../package.json';

const commands: Command[] = [
  lintCommand,
  initCommand,
  sloLintCommand,
  showCommand,
  convertCommand,
  reportCommand,
  scanCommand,
  dryRunCommand,
];

/**
 * Runs one command line to its end.
 *
 * @param argv - the words after the command's name
 * @returns the exit code; never throws
 *
 * @internal
 */
export async function run(argv: string[], shell: Shell): Promise<number> {
  try {
    return await dispatch(argv, shell);
  } catch (error) {
    if (error instanceof HelpRequest) {
      shell.stdout.write(`${error.message.trimEnd()}\n`);
      return exitCodes.fine;
    }
    const message = error instanceof Error ? error.message : String(error);
    shell.stderr.write(
      `${message
        .split('\n')
        .map(line => showControls(line))
        .join('\n')}\n`,
    );
    if (!(error instanceof UsageError) && shell.env.DEBUG) {
      shell.stderr.write(`${(error as Error)?.stack}\n`);
    }
    return exitCodes.failure;
  }
}

async function dispatch(argv: string[], shell: Shell): Promise<number> {
  const command = commands.find(({ name }) =>
    name.split(' ').every((word, index) => argv[index] === word),
  );
  if (command) {
    return command.run(argv.slice(command.name.split(' ').length), shell);
  }
  const [word] = argv;
  if (word === '--version' || word === '-v') {
    shell.stdout.write(`${version}\n`);
    return exitCodes.fine;
  }
  const group = commands.filter(({ name }) => name.startsWith(`${word} `));
  const shown = group.length > 0 ? group : commands;
  const asksForHelp =
    argv.length === 0 || argv.some(flag => ['--help', '-h'].includes(flag));
  if (asksForHelp) {
    throw new HelpRequest(overview({ commands: shown, version }));
  }
  throw new UsageError(
    `There is no command ${argv.slice(0, 2).join(' ')}.\n\n${overview({
      commands: shown,
      version,
    }).trimEnd()}`,
  );
}
