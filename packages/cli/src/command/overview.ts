import type { Command } from './Command';

/**
 * The commands, one a line, and how they end.
 *
 * @internal
 */
export function overview(options: {
  commands: Command[];
  version: string;
}): string {
  const { commands, version } = options;
  const width = Math.max(...commands.map(({ name }) => name.length)) + 3;
  return [
    `service-ownership ${version}`,
    'Ownership contracts, SLOs and drift, from the command line.',
    '',
    'Usage:',
    '  service-ownership COMMAND [flags]',
    '  service-ownership COMMAND --help',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Environment:',
    '  OWNERSHIP_URL     address of the portal, in place of --url',
    '  OWNERSHIP_TOKEN   token for it, in place of --token',
    '  NO_COLOR          set to anything: no colours',
    '',
    'Exit codes: 0 fine, 1 problems found, 2 wrong use or nothing could be found out.',
  ].join('\n');
}
