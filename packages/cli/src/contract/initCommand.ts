import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  readYaml,
  starterContract,
  tierSchema,
} from '@service-ownership/backstage-plugin-ownership-common';
import { cli } from 'cleye';
import { checkArguments } from '../command/checkArguments';
import { exitCodes, type Command } from '../command/Command';
import { oneOf } from '../command/flagTypes';
import { helpOf } from '../command/helpOf';
import { UsageError } from '../command/UsageError';
import { readText } from '../lint/readText';

const KINDS = ['Component', 'System', 'API', 'Resource'];

/**
 * `init`: a contract to start from.
 *
 * @internal
 */
export const initCommand: Command = {
  name: 'init',
  summary: 'Print or write a contract to start from',
  async run(argv, shell) {
    const parsed = cli(
      {
        name: 'service-ownership init',
        parameters: ['[catalog-file]'],
        flags: {
          tier: {
            type: oneOf('--tier', tierSchema.options),
            placeholder: '<tier>',
            description: `How much depends on it: ${tierSchema.options.join(
              ', ',
            )}. Default: what the catalog file says, else tier-3`,
          },
          write: {
            type: Boolean,
            description:
              'Write ownership.yaml beside the catalog file. An existing one is never changed',
          },
        },
        help: helpOf({
          description:
            'Prints an ownership contract to start from.\nIt holds what catalog-info.yaml already says and examples of what the tier asks for.',
          usage: ['service-ownership init [catalog-info.yaml] [flags]'],
          examples: [
            'service-ownership init',
            'service-ownership init services/checkout/catalog-info.yaml --tier tier-1 --write',
          ],
        }),
      },
      undefined,
      argv,
    );
    checkArguments({
      command: 'init',
      parsed,
      argument: 'catalog file',
      atMost: 1,
    });
    const { tier, write } = parsed.flags;
    const file = resolve(
      shell.cwd,
      parsed._.catalogFile ?? 'catalog-info.yaml',
    );
    const name = relative(shell.cwd, file);
    const entity = readEntity(file, name);
    const contract = starterContract({
      entity,
      ownerRef: ownerOf(entity),
      ...(tier ? { tier } : {}),
    });
    if (!write) {
      shell.stdout.write(contract);
      return exitCodes.fine;
    }
    const target = join(dirname(file), 'ownership.yaml');
    await writeNew(target, contract, relative(shell.cwd, target));
    const isPointedTo = entity.spec?.ownershipContract !== undefined;
    shell.stdout.write(
      [
        `${relative(shell.cwd, target)} is written. Fill it in`,
        isPointedTo ? '.\n' : `, and add to ${name}:\n`,
        ...(isPointedTo
          ? []
          : [
              '\n  spec:\n    ownershipContract:\n      $yaml: ./ownership.yaml\n',
            ]),
      ].join(''),
    );
    return exitCodes.fine;
  },
};

function readEntity(file: string, name: string): Entity {
  const reading = readText(file);
  if ('message' in reading) {
    throw new UsageError(`${name} ${reading.message}.`);
  }
  const { documents, errors } = readYaml(reading);
  if (errors.length > 0) {
    const [{ line, column, message }] = errors;
    throw new UsageError(`${name}:${line}:${column} ${message}`);
  }
  const entity = documents
    .map(({ value }) => value as Entity)
    .find(
      value =>
        KINDS.includes(value?.kind) && typeof value.metadata?.name === 'string',
    );
  if (!entity) {
    throw new UsageError(
      `${name} holds no entity that a team owns; expected one of ${KINDS.join(
        ', ',
      )}.`,
    );
  }
  return entity;
}

function ownerOf(entity: Entity): string | undefined {
  const { owner } = entity.spec ?? {};
  if (typeof owner !== 'string' || owner === '') {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    );
  } catch {
    return undefined;
  }
}

async function writeNew(
  file: string,
  content: string,
  name: string,
): Promise<void> {
  try {
    await writeFile(file, content, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === 'EEXIST'
        ? `${name} is there already and is left as it is.`
        : `${name} cannot be written: ${code}`,
    );
  }
}
