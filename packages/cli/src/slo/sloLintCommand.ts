import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import type { Command } from '../command/Command';
import { helpOf } from '../command/helpOf';
import { lintFiles } from '../lint/lintFiles';
import { lintFlags } from '../lint/lintFlags';
import { reportProblems } from '../lint/reportProblems';

/**
 * `slo lint`: what `lint` says about SLOs, and nothing else.
 *
 * @internal
 */
export const sloLintCommand: Command = {
  name: 'slo lint',
  summary: 'Check SLO files of OpenSLO, Sloth and Pyrra',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership slo lint',
        parameters: ['[files...]'],
        flags: {
          ...lintFlags,
        },
        help: helpOf({
          description:
            'Checks SLOs: OpenSLO v1 and v2alpha, Sloth, Pyrra, and those in ownership contracts.\nWarnings say what was read but means something else here, or is not used.',
          usage: ['service-ownership slo lint [flags] FILE|DIRECTORY|PATTERN…'],
          examples: [
            'service-ownership slo lint slos/',
            'service-ownership slo lint slo.yaml --max-warnings 0',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({
      command: 'slo lint',
      parsed,
      argument: 'FILE, DIRECTORY or PATTERN',
      atLeast: 1,
    });
    const { format = 'text', maxWarnings } = parsed.flags;
    const result = await lintFiles({ inputs: parsed._.files, cwd: shell.cwd });
    return reportProblems({
      result: {
        ...result,
        problems: result.problems.filter(({ rule }) =>
          ['slo', 'yaml', 'file'].includes(rule),
        ),
      },
      format,
      maxWarnings,
      isOnline: false,
      shell,
    });
  },
};
