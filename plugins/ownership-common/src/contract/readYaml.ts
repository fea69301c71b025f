import {
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { Problem } from './types';

/** Largest text that is read, in UTF-8 bytes. */
const MAX_BYTES = 1024 * 1024;

/** Most documents in one text. */
const MAX_DOCUMENTS = 500;

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
 * Reads YAML or JSON that somebody wrote by hand. Texts above 1 MiB, texts
 * that multiply themselves through aliases and broken ones give errors with
 * line and column in place of documents. Empty documents are left out. Tags
 * are never executed. Never throws.
 *
 * @public
 */
export function readYaml(options: { text: string }): {
  documents: YamlDocument[];
  errors: Problem[];
} {
  const { text } = options;
  if (new TextEncoder().encode(text).length > MAX_BYTES) {
    return refused('is too large: at most 1 MiB');
  }
  const lines = new LineCounter();
  let parsed: Document.Parsed[];
  try {
    parsed = [
      ...parseAllDocuments(text, {
        lineCounter: lines,
        prettyErrors: false,
        // Found below: the parser compares every key with every other.
        uniqueKeys: false,
        logLevel: 'silent',
      }),
    ] as Document.Parsed[];
  } catch (error) {
    return refused(`cannot be read as YAML: ${messageOf(error)}`);
  }
  if (parsed.length > MAX_DOCUMENTS) {
    return refused(`holds more than ${MAX_DOCUMENTS} documents`);
  }

  const errors: Problem[] = [];
  const documents: YamlDocument[] = [];
  for (const document of parsed) {
    const broken = [
      ...document.errors.map(({ message, pos }) => ({
        message: `is not YAML: ${message}`,
        offset: pos[0],
      })),
      ...repeatedKeys(document),
    ];
    if (broken.length > 0) {
      errors.push(
        ...broken.map(({ message, offset }) => ({
          path: '',
          message,
          ...place(lines, offset),
        })),
      );
      continue;
    }
    try {
      const value = document.toJS({ maxAliasCount: MAX_ALIASES });
      if (value !== null && value !== undefined) {
        documents.push({
          value,
          locate: problem => ({
            ...problem,
            ...place(lines, offsetOf(document, problem.path)),
          }),
        });
      }
    } catch (error) {
      const reason = /alias/i.test(messageOf(error))
        ? 'repeats itself too often through aliases (`&name`, `*name`)'
        : `cannot be read: ${messageOf(error)}`;
      errors.push(...refused(reason).errors);
    }
  }
  return { documents, errors };
}

function repeatedKeys(
  document: Document.Parsed,
): Array<{ message: string; offset: number }> {
  const repeated: Array<{ message: string; offset: number }> = [];
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (isScalar(key)) {
          const name = String(key.value);
          if (keys.has(name)) {
            repeated.push({
              message: `is not YAML: the key \`${name.slice(
                0,
                100,
              )}\` is there twice`,
              offset: key.range?.[0] ?? 0,
            });
          }
          keys.add(name);
        }
      }
    },
  });
  return repeated;
}

function refused(message: string): { documents: []; errors: Problem[] } {
  return {
    documents: [],
    errors: [{ path: '', message, line: 1, column: 1 }],
  };
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
