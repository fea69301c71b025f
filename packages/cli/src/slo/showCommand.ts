import { resolve } from 'node:path';
import { type SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import { exitCodes, type Command } from '../command/Command';
import { moment, text } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import { paintFor } from '../command/Paint';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';
import { describeStatus } from './describeStatus';
import { evaluateFromSamples } from './evaluateFromSamples';
import { readExclusions } from './readExclusions';
import { readSamples } from './readSamples';
import { readSloFile } from './readSloFile';

/**
 * `slo show`: where SLOs stand by the samples in a file.
 *
 * @internal
 */
export const showCommand: Command = {
  name: 'slo show',
  summary: 'Compute error budgets from a file of samples',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership slo show',
        parameters: ['[file]'],
        flags: {
          samples: {
            type: text('--samples'),
            placeholder: '<file>',
            description:
              'CSV with the columns start,durationSeconds,good,total (and slo), or one JSON object a line',
          },
          slo: {
            type: text('--slo'),
            placeholder: '<name>',
            description: 'Only this SLO of the file',
          },
          at: {
            type: moment('--at'),
            placeholder: '<moment>',
            description: 'Compute as of then. Default: the end of the samples',
          },
          exclude: {
            type: text('--exclude'),
            placeholder: '<file>',
            description:
              'YAML list of exclusions as the API takes them: time that does not count',
          },
          json: {
            type: Boolean,
            description: 'Print the statuses as JSON, as the API gives them',
          },
        },
        help: helpOf({
          description:
            'Computes SLI, error budget and burn rates without a portal, by the same code.\nA sample is 5 to 60 minutes long and begins at a full 5 minutes.\nExit code 1: a sample cannot be used, or an SLO cannot be read.',
          usage: ['service-ownership slo show FILE --samples FILE [flags]'],
          examples: [
            'service-ownership slo show slo.yaml --samples october.csv',
            'service-ownership slo show slos.yaml --samples all.ndjson --slo checkout-latency --json',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({
      command: 'slo show',
      parsed,
      argument: 'FILE',
      atLeast: 1,
      atMost: 1,
    });
    const { samples, slo: wanted, at, exclude, json } = parsed.flags;
    if (samples === undefined) {
      throw new UsageError(
        '--samples is missing: name a file of CSV or one JSON object a line. See service-ownership slo show --help.',
      );
    }
    const file = parsed._.file as string;
    const { documents, problems } = readSloFile({
      file,
      cwd: shell.cwd,
    });
    for (const { line, column, path, message } of problems) {
      const where = [file, line, column].filter(p => p !== undefined).join(':');
      shell.stderr.write(
        `${showControls(where)} ${
          path ? `${showControls(path)}: ` : ''
        }${showControls(message)}\n`,
      );
    }
    const definitions = documents
      .flatMap(({ slos }) => slos)
      .filter(({ name }) => wanted === undefined || name === wanted);
    if (definitions.length === 0 && wanted !== undefined) {
      const names = documents.flatMap(({ slos }) => slos.map(s => s.name));
      throw new UsageError(
        `${file} has no SLO ${wanted}. It has: ${names.join(', ') || 'none'}.`,
      );
    }
    if (definitions.length === 0) {
      return exitCodes.problems;
    }
    const reading = await readSamples({
      file: resolve(shell.cwd, samples),
      name: samples,
      now: at ?? shell.now(),
    });
    const now =
      at ??
      (reading.lastEnd === undefined
        ? shell.now()
        : new Date(reading.lastEnd * 1000));
    const excluded =
      exclude === undefined
        ? undefined
        : readExclusions({ file: exclude, cwd: shell.cwd, now });
    const isShared = definitions.length === 1;
    const statuses = definitions.map(definition =>
      evaluateFromSamples({
        definition,
        all: documents.flatMap(({ slos }) => slos),
        bucketsOf: ({ name }) =>
          reading.buckets.get(name) ??
          // Samples that name no SLO are of the only one there is.
          (isShared ? reading.buckets.get('') : undefined) ??
          [],
        now,
        excluded,
      }),
    );
    if (!isShared && reading.buckets.has('')) {
      throw new UsageError(
        `${samples} does not say which SLO its samples are of, and ${file} has ${definitions.length}: choose one with --slo, or add a column slo.`,
      );
    }
    shell.stdout.write(
      json
        ? `${JSON.stringify(statuses.map(publicStatus), undefined, 2)}\n`
        : statuses
            .map(status =>
              describeStatus({ status, paint: paintFor(shell, shell.stdout) }),
            )
            .join('\n'),
    );
    for (const { line, message } of reading.rejected) {
      shell.stderr.write(`${samples}:${line} ${showControls(message)}\n`);
    }
    const more = reading.rejectedCount - reading.rejected.length;
    if (more > 0) {
      shell.stderr.write(`and ${more} more samples that cannot be used\n`);
    }
    return problems.length > 0 || reading.rejectedCount > 0
      ? exitCodes.problems
      : exitCodes.fine;
  },
};

/** A file says nothing about the component. */
function publicStatus({ entityRef: _, ...status }: SloStatus) {
  return status;
}
