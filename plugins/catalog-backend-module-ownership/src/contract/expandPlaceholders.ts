import { readYaml } from '@service-ownership/backstage-plugin-ownership-common';
import { ContractFileError } from './ContractFileError';
import type { ContractFile, ContractFiles, FileMemory } from './ContractFiles';

/** Most files one contract may be spread over. */
const MAX_FILES = 20;
/** A file may name a file, which may name a file, and no more. */
const MAX_DEPTH = 3;

/** What reading the files of one entity needs. */
export interface ReadingContext {
  files: ContractFiles;
  memory: { known: FileMemory; used: FileMemory };
  /** Told of every file that was asked for. */
  onFile: (location: string) => void;
  /** How many files were read so far. */
  count: number;
}

/**
 * The placeholder a value is, if it is one: an object with a single key that
 * begins with `$`.
 */
export function readPlaceholder(
  value: unknown,
): { key: string; reference: unknown } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0].startsWith('$')
    ? { key: keys[0], reference: (value as Record<string, unknown>)[keys[0]] }
    : undefined;
}

/**
 * Reads a placeholder's file. What its text means is left to the caller.
 *
 * @throws ContractFileError
 */
export async function readPlaceholderFile(options: {
  placeholder: { key: string; reference: unknown };
  from: { type: string; target: string };
  context: ReadingContext;
}): Promise<ContractFile> {
  const { placeholder, from, context } = options;
  if (!['$yaml', '$json', '$text'].includes(placeholder.key)) {
    throw new ContractFileError({
      kind: 'invalid',
      message: `\`${placeholder.key.slice(
        0,
        50,
      )}\` is not accepted in a contract; accepted are \`$yaml\`, \`$json\` and \`$text\``,
    });
  }
  context.count += 1;
  if (context.count > MAX_FILES) {
    throw new ContractFileError({
      kind: 'invalid',
      message: `The contract is spread over more than ${MAX_FILES} files`,
    });
  }
  const { files, memory } = context;
  const file = await files.read({
    reference: placeholder.reference,
    from,
    memory,
  });
  context.onFile(file.location);
  return file;
}

/**
 * Replaces the placeholders inside a contract by the content of their files,
 * so that none is left for the catalog to fail on.
 *
 * @throws ContractFileError
 */
export async function expandPlaceholders(options: {
  /** Plain data without cycles. */
  value: unknown;
  /** Location of the file it stands in. */
  from: { type: string; target: string };
  context: ReadingContext;
  depth?: number;
}): Promise<unknown> {
  const { value, from, context, depth = 0 } = options;
  const placeholder = readPlaceholder(value);
  if (placeholder) {
    if (depth >= MAX_DEPTH) {
      throw new ContractFileError({
        kind: 'invalid',
        message: `Files of the contract name each other more than ${MAX_DEPTH} levels deep`,
      });
    }
    const file = await readPlaceholderFile({ placeholder, from, context });
    return placeholder.key === '$text'
      ? file.text
      : expandPlaceholders({
          value: readOnlyDocument(file, placeholder.reference),
          from: locationOf(file),
          context,
          depth: depth + 1,
        });
  }
  if (Array.isArray(value)) {
    const items = [];
    for (const item of value) {
      items.push(await expandPlaceholders({ ...options, value: item }));
    }
    return items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries: Array<[string, unknown]> = [];
    for (const [key, item] of Object.entries(value)) {
      entries.push([
        key,
        await expandPlaceholders({ ...options, value: item }),
      ]);
    }
    return Object.fromEntries(entries);
  }
  return value;
}

/** Type and target of a location ref. */
export function locationOf(file: ContractFile): {
  type: string;
  target: string;
} {
  const colon = file.location.indexOf(':');
  return {
    type: file.location.slice(0, colon),
    target: file.location.slice(colon + 1),
  };
}

function readOnlyDocument(file: ContractFile, reference: unknown): unknown {
  const { documents, errors } = readYaml(file);
  if (errors.length > 0 || documents.length !== 1) {
    const [{ line, column, message }] = [
      ...errors,
      { line: 1, column: 1, message: 'holds no single YAML document' },
    ];
    throw new ContractFileError({
      kind: 'invalid',
      message: `${reference}, line ${line}, column ${column}: ${message}`,
    });
  }
  return documents[0].value;
}
