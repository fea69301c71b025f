import {
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseAllDocuments,
  type Document,
  type ParsedNode,
} from 'yaml';
import { readContractMarker } from './contractMarker';
import { contractSourcesOf, contractSubjectsOf } from './contractSources';
import type { ContractReading, Problem } from './types';
import { validateContract } from './validateContract';

/** Largest text that is read, in UTF-8 bytes. */
export const MAX_CONTRACT_BYTES = 1024 * 1024;

/** Most documents in one text. */
const MAX_DOCUMENTS = 500;

/** Most times one text may be repeated through aliases; more is an attack. */
const MAX_ALIASES = 100;

/**
 * Reads a contract from YAML or JSON: the contract alone, or entities of which
 * at least one carries a contract inline or is of kind OwnershipContract.
 * Every problem has its line and column. With several contracts in the text
 * all are checked, and `contract` is the first of them.
 *
 * Texts above 1 MiB and texts that multiply themselves through aliases are
 * refused. Never throws.
 *
 * @public
 */
export function parseContract(options: { text: string }): ContractReading {
  const { text } = options;
  if (new TextEncoder().encode(text).length > MAX_CONTRACT_BYTES) {
    return refused('is too large: at most 1 MiB');
  }
  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    documents = [
      ...parseAllDocuments(text, {
        lineCounter: lines,
        prettyErrors: false,
        uniqueKeys: true,
        logLevel: 'silent',
      }),
    ] as Document.Parsed[];
  } catch (error) {
    return refused(`cannot be read as YAML: ${messageOf(error)}`);
  }
  if (documents.length > MAX_DOCUMENTS) {
    return refused(`holds more than ${MAX_DOCUMENTS} documents`);
  }

  const reading: Required<Pick<ContractReading, 'errors' | 'warnings'>> &
    ContractReading = { errors: [], warnings: [] };
  let found = 0;
  for (const document of documents) {
    const part = readDocument({ document, lines });
    found += part.contracts;
    reading.errors.push(...part.errors);
    reading.warnings.push(...part.warnings);
    reading.contract ??= part.contract;
  }
  if (found === 0 && reading.errors.length === 0) {
    return refused(
      'holds no contract; expected a contract (`tier`, `mission`, …), an entity with `spec.ownershipContract`, or one of kind OwnershipContract',
    );
  }
  if (reading.errors.length > 0) {
    delete reading.contract;
  }
  return reading;
}

function refused(message: string): ContractReading {
  return { errors: [{ path: '', message, line: 1, column: 1 }], warnings: [] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}

function readDocument(options: {
  document: Document.Parsed;
  lines: LineCounter;
}): ContractReading & { contracts: number } {
  const { document, lines } = options;
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ message, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return {
        path: '',
        message: `is not YAML: ${message}`,
        line,
        column: col,
      };
    });
    return { errors, warnings: [], contracts: 0 };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    const reason = /alias/i.test(messageOf(error))
      ? 'repeats itself too often through aliases (`&name`, `*name`)'
      : `cannot be read: ${messageOf(error)}`;
    return { ...refused(reason), contracts: 0 };
  }
  if (value === null || value === undefined) {
    return { errors: [], warnings: [], contracts: 0 };
  }

  const at = (problem: Problem): Problem => ({
    ...problem,
    ...positionOf({ document, lines, path: problem.path }),
  });
  const found = findContract(value);
  if (!found) {
    return { errors: [], warnings: [], contracts: 0 };
  }
  const marker = readContractMarker(found.document);
  if (marker) {
    const warning = {
      path: found.path,
      message: 'is in a file of its own, which is checked on its own',
    };
    return { errors: [], warnings: [at(warning)], contracts: 1 };
  }
  const { contract, errors, warnings } = validateContract(found);
  const prefix = found.path === '' ? '' : `${found.path}.`;
  const placed = (problem: Problem) =>
    at({
      ...problem,
      path: problem.path === '' ? found.path : `${prefix}${problem.path}`,
    });
  return {
    contract,
    errors: [...found.errors.map(at), ...errors.map(placed)],
    warnings: warnings.map(placed),
    contracts: 1,
  };
}

/** The contract in a document, and the path to it; `undefined` for an entity without. */
function findContract(
  value: unknown,
): { document: unknown; path: string; errors: Problem[] } | undefined {
  const envelope = value as Record<string, any>;
  const isEntity =
    typeof value === 'object' &&
    typeof envelope.apiVersion === 'string' &&
    typeof envelope.kind === 'string';
  if (!isEntity) {
    return { document: value, path: '', errors: [] };
  }
  const entity = {
    apiVersion: envelope.apiVersion,
    kind: envelope.kind,
    metadata: { name: String(envelope.metadata?.name ?? 'unnamed') },
    spec: isPlain(envelope.spec) ? (envelope.spec as object) : undefined,
  };
  const [source] = contractSourcesOf(entity);
  if (!source) {
    return undefined;
  }
  if (source.form !== 'entity') {
    return {
      document: source.document,
      path: 'spec.ownershipContract',
      errors: [],
    };
  }
  return {
    document: source.document,
    path: entity.spec && 'contract' in entity.spec ? 'spec.contract' : 'spec',
    errors: contractSubjectsOf(entity).errors.map(message => ({
      path: 'spec.subjects',
      message,
    })),
  };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Line and column of a path, or of the deepest part of it that is there. */
function positionOf(options: {
  document: Document.Parsed;
  lines: LineCounter;
  path: string;
}): { line: number; column: number } {
  const { document, lines, path } = options;
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
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The keys and indexes of a JSON path: `runbooks[0].url` has three. */
function pathSteps(path: string): string[] {
  const steps = path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([\w$-]+)/g);
  return [...steps].map(([, quoted, index, name]) =>
    quoted === undefined ? index ?? name : String(JSON.parse(quoted)),
  );
}
