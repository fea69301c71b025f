import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { reportFormatSchema } from '@service-ownership/backstage-plugin-ownership-common';
import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import type { Command } from '../command/Command';
import { oneOf, text } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import type { Shell } from '../command/Shell';
import { showControls } from '../command/showControls';
import { Portal } from '../portal/Portal';
import { portalFlags } from '../portal/portalFlags';
import { checkTeam } from './checkTeam';
import { failOnOpenFindings, severities } from './failOnOpenFindings';
import { findingFilterOf, findingFlags, queryOf } from './findingFlags';

const formats = reportFormatSchema.options;

/**
 * `drift report`: fetches the findings of a portal.
 *
 * @internal
 */
export const reportCommand: Command = {
  name: 'drift report',
  summary: 'Fetch the open findings of a portal, and fail on bad ones',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership drift report',
        flags: {
          format: {
            type: oneOf('--format', formats),
            placeholder: '<format>',
            description: `${formats.join(', ')}. Default: csv`,
          },
          failOn: {
            type: oneOf('--fail-on', severities),
            placeholder: '<severity>',
            description: `Exit with 1 where findings this bad or worse are open: ${severities.join(
              ', ',
            )}`,
          },
          ...findingFlags,
          out: {
            type: text('--out'),
            placeholder: '<file>',
            description: 'Write to this file. Default: standard output',
          },
          ...portalFlags,
        },
        help: helpOf({
          description:
            'Fetches the open findings of a portal as one document.\nThe document goes to standard output, remarks go to standard error.',
          usage: ['service-ownership drift report --url ADDRESS [flags]'],
          examples: [
            'service-ownership drift report --url https://portal.example.org --format markdown',
            'service-ownership drift report --format sarif --out drift.sarif --fail-on high',
            'service-ownership drift report --team group:default/payments --fail-on critical',
            'service-ownership drift report --opened-since 2026-11-01 --format junit',
            "service-ownership drift report --view 'Orphans of tier 1' --fail-on low",
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({ command: 'drift report', parsed });
    const { format = 'csv', failOn, out, url, token } = parsed.flags;
    const portal = Portal.connect({ url, token, shell });
    const filter = await findingFilterOf({
      portal,
      flags: parsed.flags,
      shell,
    });
    await checkTeam({ portal, team: filter.team, shell });
    const body = await portal.download(
      `${portal.url}/api/ownership/drift/report?format=${format}${
        Object.keys(filter).length > 0 ? `&${queryOf(filter)}` : ''
      }`,
    );
    await writeTo({ body, out, shell });
    return failOnOpenFindings({ portal, failOn, filter, shell });
  },
};

/** Streams: a report of a large portal does not fit into memory. */
async function writeTo(options: {
  body: Response['body'];
  out?: string;
  shell: Shell;
}): Promise<void> {
  const { body, out, shell } = options;
  const source = body
    ? Readable.fromWeb(body as ReadableStream)
    : Readable.from([]);
  try {
    if (out === undefined) {
      await (shell.stdout.isTTY
        ? pipeline(source.setEncoding('utf8'), forTerminal, shell.stdout, {
            end: false,
          })
        : pipeline(source, shell.stdout, { end: false }));
    } else {
      await pipeline(source, createWriteStream(resolve(shell.cwd, out)));
      shell.stderr.write(`The report is in ${out}.\n`);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (out === undefined && code === 'EPIPE') {
      // Whoever reads has enough of it.
      return;
    }
    throw new Error(
      `The report is not complete: ${
        out !== undefined && code
          ? `${out} cannot be written, ${code}`
          : message
      }`,
    );
  }
}

/** Line by line, with what would give a terminal orders written out. */
async function* forTerminal(parts: AsyncIterable<string>) {
  let rest = '';
  for await (const part of parts) {
    const lines = (rest + part).split(/\r?\n/);
    rest = lines.pop()!;
    yield lines.map(line => `${showControls(line)}\n`).join('');
  }
  yield showControls(rest);
}
