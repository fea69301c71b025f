import {
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Document,
  type ParsedNode,
} from 'yaml';
import { composeYaml } from './composeYaml';
import { findYamlFlaws } from './findYamlFlaws';
import { limitProblems } from './limitProblems';
import type { Problem } from './types';

/** Largest text that is read, in UTF-8 bytes. */
const MAX_BYTES = 1024 * 1024;

const TOO_DEEP = 'it is nested too deeply';

/** Most times one text may be repeated through aliases; more is an attack. */
const MAX_ALIASES = 100;

/**
 * One document of a YAML text.
 *
 * @public
 */
export interface YamlDocument {
  /** Plain data, aliases expanded; dates stay text. */
  value: unknown;
  /** The problem with line and column of its path, or of the deepest part of it that is there. */
  locate(problem: Problem): Problem;
}

/**
 * Reads YAML or JSON that somebody wrote by hand. Texts above 1 MiB, of more
 * than 200,000 parts or 500 documents, texts that multiply themselves through
 * aliases and broken ones give errors with line and column in place of
 * documents, a hundred at most. Empty documents are left out. Tags are never
 * executed. Never throws.
 *
 * @public
 */
export function readYaml(options: { text: string }): {
  documents: YamlDocument[];
  errors: Problem[];
} {
  const { text } = options;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) {
    return refused(
      `is too large: ${bytes.toLocaleString('en-US')} bytes, at most 1 MiB`,
    );
  }
  const lines = new LineCounter();
  let composed: ReturnType<typeof composeYaml>;
  try {
    composed = composeYaml({ text, lines });
  } catch (error) {
    return refused(
      isTooDeep(messageOf(error))
        ? `is not YAML: ${TOO_DEEP}`
        : `cannot be read as YAML: ${messageOf(error)}`,
    );
  }
  if ('message' in composed) {
    return refused(composed.message, place(lines, composed.offset));
  }

  const errors: Problem[] = [];
  const documents: YamlDocument[] = [];
  for (const document of composed.documents) {
    const fail = (message: string, offset: number) =>
      errors.push({ path: '', message, ...place(lines, offset) });
    try {
      const { flaws, aliases } = findYamlFlaws(document);
      const broken = [
        ...document.errors.map(({ message, pos }) => ({
          message: isTooDeep(message) ? TOO_DEEP : message,
          offset: pos[0],
        })),
        ...flaws,
      ];
      if (broken.length > 0) {
        broken.forEach(({ message, offset }) =>
          fail(`is not YAML: ${message}`, offset),
        );
        continue;
      }
      const reading = valueOf(document);
      if ('message' in reading) {
        const at = aliases.find(
          ({ source }) => source === (reading.alias ?? source),
        );
        fail(reading.message, startOf(at ?? document.contents));
      } else if (reading.value !== null && reading.value !== undefined) {
        documents.push({
          value: reading.value,
          locate: problem => ({
            ...problem,
            ...place(lines, offsetOf(document, problem.path)),
          }),
        });
      }
    } catch (error) {
      fail(
        isTooDeep(messageOf(error))
          ? `is not YAML: ${TOO_DEEP}`
          : `cannot be read: ${messageOf(error)}`,
        startOf(document.contents),
      );
    }
  }
  return { documents, errors: limitProblems(errors) };
}

function valueOf(
  document: Document.Parsed,
): { value: unknown } | { message: string; alias?: string } {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    const message = messageOf(error);
    const unknown = /Unresolved alias.*: (.*)$/.exec(message)?.[1];
    if (unknown !== undefined) {
      return {
        message: `is not YAML: there is no \`&${unknown}\` before the alias \`*${unknown}\` in this document`,
        alias: unknown,
      };
    }
    if (/alias/i.test(message)) {
      return {
        message: 'repeats itself too often through aliases (`&name`, `*name`)',
      };
    }
    throw error;
  }
}

function isTooDeep(message: string): boolean {
  return /Maximum call stack/.test(message);
}

function refused(
  message: string,
  at = { line: 1, column: 1 },
): { documents: []; errors: Problem[] } {
  return { documents: [], errors: [{ path: '', message, ...at }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

function place(
  lines: LineCounter,
  offset: number,
): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function startOf(node: unknown): number {
  return (node as ParsedNode | null)?.range?.[0] ?? 0;
}

function offsetOf(document: Document.Parsed, path: string): number {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const step of pathSteps(path)) {
    if (!isCollection(node)) {
      break;
    }
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === step,
      );
      if (!pair) {
        break;
      }
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as ParsedNode | null;
    } else {
      node = (node.items[Number(step)] as ParsedNode | undefined) ?? null;
      offset = node?.range[0] ?? offset;
    }
  }
  return offset;
}

/** The keys and indexes of a JSON path: `runbooks[0].url` has three. */
function pathSteps(path: string): string[] {
  const steps = path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([\w$-]+)/g);
  return [...steps].map(([, quoted, index, name]) =>
    quoted === undefined ? index ?? name : String(JSON.parse(quoted)),
  );
}
