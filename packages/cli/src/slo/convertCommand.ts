import { cli } from 'cleye';
import { stringify } from 'yaml';
import { checkArguments } from '../command/checkArguments';
import { exitCodes, type Command } from '../command/Command';
import { oneOf } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import { showControls } from '../command/showControls';
import { readSloFile } from './readSloFile';
import { toOpenSlo } from './toOpenSlo';

/**
 * `slo convert`: other formats as OpenSLO.
 *
 * @internal
 */
export const convertCommand: Command = {
  name: 'slo convert',
  summary: 'Write the SLOs of a Sloth, Pyrra or other file as OpenSLO',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership slo convert',
        parameters: ['[file]'],
        flags: {
          to: {
            type: oneOf('--to', ['openslo']),
            placeholder: '<format>',
            description: 'openslo: OpenSLO v1. Default: openslo',
          },
        },
        help: helpOf({
          description:
            'Writes SLOs as OpenSLO v1 to standard output.\nWhat could not be mapped is said on standard error, field by field.\nExit code 1: an SLO cannot be read and is left out.',
          usage: ['service-ownership slo convert FILE [--to openslo]'],
          examples: [
            'service-ownership slo convert sloth.yaml > openslo.yaml',
            'service-ownership slo convert --to openslo pyrra.yaml',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({
      command: 'slo convert',
      parsed,
      argument: 'FILE',
      atLeast: 1,
      atMost: 1,
    });
    const file = parsed._.file as string;
    const { documents, problems } = readSloFile({ file, cwd: shell.cwd });
    const converted = documents.flatMap(({ document, slos }) =>
      slos.map(slo => ({
        name: slo.name,
        ...toOpenSlo({ slo, service: serviceOf(document, slo.name) }),
      })),
    );
    shell.stdout.write(
      converted
        .map(({ document }) => stringify(document, { lineWidth: 0 }))
        .join('---\n'),
    );
    for (const { document } of documents) {
      for (const message of unmappedOf(document)) {
        shell.stderr.write(`${showControls(`${file}: ${message}`)}\n`);
      }
    }
    for (const { name, unmapped } of converted) {
      for (const message of unmapped) {
        shell.stderr.write(`${name}: ${showControls(message)}\n`);
      }
    }
    for (const { line, column, path, message } of problems) {
      shell.stderr.write(
        showControls(
          `${file}:${line}:${column} left out: ${
            path ? `${path}: ` : ''
          }${message}`,
        ).concat('\n'),
      );
    }
    return problems.length > 0 ? exitCodes.problems : exitCodes.fine;
  },
};

/** What stands in the document beside its SLOs and is not carried over. */
function unmappedOf(document: Record<string, unknown>): string[] {
  const metadata = (document.metadata ?? {}) as Record<string, unknown>;
  return [
    ['labels', document.labels],
    ['metadata.labels', metadata.labels],
    ['metadata.annotations', metadata.annotations],
  ]
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([path]) =>
        `${path}: OpenSLO has a place for them, but they are not read here; copy what you need`,
    );
}

/** What the document says it is for; without that its own name. */
function serviceOf(
  document: Record<string, unknown>,
  fallback: string,
): string {
  const spec = (document.spec ?? {}) as Record<string, unknown>;
  const metadata = (document.metadata ?? {}) as Record<string, unknown>;
  const said =
    spec.service ?? spec.serviceRef ?? document.service ?? metadata.name;
  return typeof said === 'string' && said !== '' ? said : fallback;
}
