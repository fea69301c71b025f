import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import type { Command } from '../command/Command';
import { text } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import { Portal } from '../portal/Portal';
import { portalFlags } from '../portal/portalFlags';
import { findUnknownReferences } from './findUnknownReferences';
import { lintFiles } from './lintFiles';
import { lintFlags } from './lintFlags';
import { compareProblems } from './LintProblem';
import { reportProblems } from './reportProblems';

/**
 * `lint`: checks entities, contracts and SLO files.
 *
 * @internal
 */
export const lintCommand: Command = {
  name: 'lint',
  summary: 'Check entities, contracts and SLO files',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership lint',
        parameters: ['[files...]'],
        flags: {
          ...lintFlags,
          url: {
            type: text('--url'),
            placeholder: '<address>',
            description:
              'Portal in which owners, captains and all else that is referred to must exist',
          },
          token: portalFlags.token,
        },
        help: helpOf({
          description:
            'Checks catalog entities, ownership contracts and SLO files (OpenSLO, Sloth, Pyrra).\nNo portal is needed, and nothing in a file is ever executed.\nIn directories every .yaml and .yml file that holds one of these is checked.',
          usage: ['service-ownership lint [flags] FILE|DIRECTORY|PATTERN…'],
          examples: [
            'service-ownership lint .',
            'service-ownership lint catalog-info.yaml ownership.yaml',
            "service-ownership lint 'services/*/catalog-info.yaml' --max-warnings 0",
            'service-ownership lint . --format sarif > ownership.sarif',
            'service-ownership lint . --url https://portal.example.org',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({
      command: 'lint',
      parsed,
      argument: 'FILE, DIRECTORY or PATTERN',
      atLeast: 1,
    });
    // The address counts only as a flag: what a lint finds must not depend on
    // whether some variable is set.
    const { format = 'text', maxWarnings, url, token } = parsed.flags;
    const result = await lintFiles({
      inputs: parsed._.files,
      cwd: shell.cwd,
      wantsReferences: url !== undefined,
    });
    const portal =
      url === undefined ? undefined : Portal.connect({ url, token, shell });
    const report = (isOnline: boolean) =>
      reportProblems({ result, format, maxWarnings, isOnline, shell });
    if (!portal) {
      return report(false);
    }
    try {
      result.problems.push(
        ...(await findUnknownReferences({ result, portal })),
      );
      result.problems.sort(compareProblems);
    } catch (error) {
      // What was found without the portal is worth knowing all the same.
      report(false);
      throw error;
    }
    return report(true);
  },
};
