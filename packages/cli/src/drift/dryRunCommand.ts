import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RuleDryRun } from '@service-ownership/backstage-plugin-ownership-common';
import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import { exitCodes, type Command } from '../command/Command';
import { count, text } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import type { Shell } from '../command/Shell';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';
import { Portal } from '../portal/Portal';
import { portalFlags } from '../portal/portalFlags';

type Outcome = NonNullable<RuleDryRun['outcome']>;

const SAMPLES = 3;

/**
 * `drift dry-run`: what a change of the rules would do to the findings of a
 * portal.
 *
 * @internal
 */
export const dryRunCommand: Command = {
  name: 'drift dry-run',
  summary: 'Show what a change of the rules would open and close',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership drift dry-run',
        flags: {
          config: {
            type: text('--config'),
            placeholder: '<file>',
            description:
              'The rules: an app-config, or any of rules, customRules and tiers',
          },
          over: {
            type: Boolean,
            description:
              'Lay the file over what the portal has, instead of letting it take its place: rule by rule, and of each tier requirement by requirement',
          },
          failOnOpen: {
            type: count('--fail-on-open'),
            placeholder: '<n>',
            description:
              'Exit with 1 where more than so many findings would open',
          },
          ...portalFlags,
        },
        help: helpOf({
          description:
            'Tries a change of the drift rules, or of what tiers ask for, on the catalogue of a portal as it is now. Nothing is changed.\nExit code 1: more would open than --fail-on-open allows. 2: the rules are not right.',
          usage: [
            'service-ownership drift dry-run --config FILE --url ADDRESS [flags]',
          ],
          examples: [
            'service-ownership drift dry-run --config app-config.yaml --url https://portal.example.org',
            'service-ownership drift dry-run --config new-rule.yaml --over --fail-on-open 50',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({ command: 'drift dry-run', parsed });
    const { config, over, failOnOpen, url, token } = parsed.flags;
    if (config === undefined) {
      throw new UsageError(
        'Which rules? Give --config with an app-config or a file with rules, customRules or tiers.',
      );
    }
    const portal = Portal.connect({ url, token, shell });
    const { problems, outcome } = await portal.ownership.dryRunRules({
      text: await readConfig(config, shell),
      replace: !over,
    });
    if (!outcome) {
      throw new Error(
        [
          `The rules in ${config} are not right:`,
          ...problems.map(
            ({ path, message, line }) =>
              `  ${line === undefined ? '' : `line ${line}: `}${
                path ? `${path} ` : ''
              }${message}`,
          ),
        ].join('\n'),
      );
    }
    shell.stdout.write(
      describe(outcome)
        .map(line => `${showControls(line)}\n`)
        .join(''),
    );
    if (failOnOpen !== undefined && outcome.opens > failOnOpen) {
      shell.stderr.write(
        `${outcome.opens} findings would open; at most ${failOnOpen} may.\n`,
      );
      return exitCodes.problems;
    }
    return exitCodes.fine;
  },
};

async function readConfig(file: string, shell: Shell): Promise<string> {
  try {
    return await readFile(resolve(shell.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${
        (error as NodeJS.ErrnoException).code ?? error
      }`,
    );
  }
}

function describe(outcome: Outcome): string[] {
  const { rules, states, components, hidden } = outcome;
  const lines: string[] = [];
  if (rules.length > 0) {
    const width = Math.max(4, ...rules.map(({ id }) => id.length)) + 2;
    const column = (value: string | number) => String(value).padStart(8);
    lines.push(
      `${'rule'.padEnd(width)}${column('opens')}${column('closes')}${column(
        'weight',
      )}  severity`,
    );
    for (const rule of rules) {
      const { id, opens, closes, reweighed, severity, enabled } = rule;
      lines.push(
        `${id.padEnd(width)}${column(opens)}${column(closes)}${column(
          reweighed,
        )}  ${enabled ? severity : 'off'}`,
        ...(rule.broken > 0 ? [`  ! breaks on ${rule.broken} components`] : []),
        ...samples('+', rule.opening, opens),
        ...samples('-', rule.closing, closes),
      );
    }
    lines.push('');
  }
  lines.push(
    `${outcome.opens} would open and ${
      outcome.closes
    } would close, over ${components.toLocaleString('en-US')} components${
      hidden > 0 ? ` (${hidden} are hidden from you)` : ''
    }.`,
  );
  if (states.changed > 0) {
    lines.push(
      `${states.changed} components would change their state: at risk ${states.now['at-risk']} → ${states.then['at-risk']}, orphaned ${states.now.orphaned} → ${states.then.orphaned}.`,
    );
  }
  return lines;
}

function samples(
  sign: string,
  list: Outcome['rules'][number]['opening'],
  total: number,
): string[] {
  const shown = list.slice(0, SAMPLES);
  const more = total - shown.length;
  return [
    ...shown.map(
      ({ entityRef, message }) => `  ${sign} ${entityRef}: ${message}`,
    ),
    ...(more > 0 ? [`  ${sign} and ${more} more`] : []),
  ];
}
