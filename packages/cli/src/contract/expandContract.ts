import {
  readYaml,
  type Problem,
  type YamlDocument,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { FileScope } from '../entity/FileScope';
import {
  findUnknownValues,
  type Placeholder,
} from '../entity/findUnknownValues';
import { pathWithin } from '../entity/pathOf';
import { readText } from '../lint/readText';

// The portal reads no more either.
/** Most files one contract may be spread over. */
const MAX_FILES = 20;
/** A file may name a file, which may name a file, and no more. */
const MAX_DEPTH = 3;

/**
 * The placeholders a contract may have.
 *
 * @internal
 */
export const contractKeys = ['$yaml', '$json', '$text'];

/**
 * A part of a contract that stands in a file of its own.
 *
 * @internal
 */
export interface ContractPart {
  /** Path of the part in the contract. */
  path: string;
  file: string;
  document: YamlDocument;
}

/**
 * A contract with the files it is spread over read into it.
 *
 * @internal
 */
export interface ExpandedContract {
  value: unknown;
  parts: ContractPart[];
  /** What is wrong with the files, at the paths that name them. */
  problems: Problem[];
  /** Paths of values that are not at hand. */
  unknown: string[];
}

/**
 * Reads the placeholders inside a contract.
 *
 * @param options.path - of the file the contract stands in
 *
 * @internal
 */
export function expandContract(options: {
  value: unknown;
  path: string;
  scope: FileScope;
}): ExpandedContract {
  const { scope } = options;
  const parts: ContractPart[] = [];
  const problems: Problem[] = [];
  const unknown: string[] = [];
  let files = 0;

  function expand(value: unknown, file: string, at: string, depth: number) {
    const { placeholders, templated } = findUnknownValues(value);
    unknown.push(...templated.map(path => pathWithin(at, path)));
    if (placeholders.length === 0) {
      return value;
    }
    const whole = { value: structuredClone(value) };
    for (const placeholder of placeholders) {
      const path = pathWithin(at, placeholder.path);
      const content = read(placeholder, { file, path, depth });
      if (content === undefined) {
        unknown.push(path);
      } else {
        put(whole, ['value', ...placeholder.steps], content.value);
      }
    }
    return whole.value;
  }

  function read(
    { key, reference }: Placeholder,
    { file, path, depth }: { file: string; path: string; depth: number },
  ): { value: unknown } | undefined {
    const fail = (message: string): undefined => {
      problems.push({ path, message });
      return undefined;
    };
    if (!contractKeys.includes(key)) {
      return fail(
        `\`${key}\` is not accepted in a contract; accepted are \`$yaml\`, \`$json\` and \`$text\``,
      );
    }
    if (depth >= MAX_DEPTH) {
      return fail(
        `is in files that name each other more than ${MAX_DEPTH} levels deep`,
      );
    }
    files += 1;
    if (files > MAX_FILES + 1) {
      return undefined;
    }
    if (files > MAX_FILES) {
      return fail(
        `is one more than the ${MAX_FILES} files a contract may have`,
      );
    }
    const target = scope.find(file, reference);
    if (target === undefined) {
      return undefined;
    }
    if ('message' in target) {
      return fail(target.message);
    }
    const reading = readText(target.path);
    if ('message' in reading) {
      return fail(`${reference} ${reading.message}`);
    }
    if (key === '$text') {
      return { value: reading.text };
    }
    const { documents, errors } = readYaml(reading);
    const [document] = documents;
    if (errors.length > 0 || documents.length !== 1) {
      const [{ line, column, message }] = [
        ...errors,
        {
          line: 1,
          column: 1,
          message: `holds ${documents.length} documents; expected one`,
        },
      ];
      return fail(`${reference}, line ${line}, column ${column}: ${message}`);
    }
    parts.push({ path, file: target.path, document });
    return { value: expand(document.value, target.path, path, depth + 1) };
  }

  const value = expand(options.value, options.path, '', 0);
  return { value, parts, problems, unknown };
}

function put(
  whole: object,
  steps: Array<string | number>,
  value: unknown,
): void {
  let holder = whole as Record<string | number, any>;
  for (const step of steps.slice(0, -1)) {
    holder = holder[step];
  }
  holder[steps[steps.length - 1]] = value;
}
