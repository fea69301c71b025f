import type { Problem } from './types';

/** Longest message that is kept. */
const MAX_MESSAGE = 2000;

/**
 * What the catalog processor leaves in place of a contract whose file it could
 * not use: `{ $error: { message, kind } }`. The entity stays in the catalog
 * and the reason travels with it.
 *
 * @public
 */
export interface ContractMarker {
  /**
   * `invalid`: the file is missing or broken; its author has to act.
   * `unreachable`: it could not be fetched just now; nothing can be said.
   */
  kind: 'invalid' | 'unreachable';
  /** What happened, with line and column where the text was at hand. */
  message: string;
  /** Every single problem, where the text could be read. */
  problems?: Problem[];
}

/**
 * The document that stands for a contract that could not be used.
 *
 * @public
 */
export function contractMarker(marker: ContractMarker): {
  $error: ContractMarker;
} {
  const { kind, message, problems } = marker;
  return {
    $error: {
      kind,
      message: message.slice(0, MAX_MESSAGE),
      ...(problems ? { problems } : {}),
    },
  };
}

/**
 * The marker in a document, if it is one. A placeholder that nobody resolved
 * (`{ $yaml: ./ownership.yaml }`) counts as unreachable.
 *
 * @public
 */
export function readContractMarker(
  document: unknown,
): ContractMarker | undefined {
  if (typeof document !== 'object' || document === null) {
    return undefined;
  }
  const [[key, value] = []] = Object.entries(document);
  if (key === '$yaml' || key === '$json' || key === '$text') {
    return {
      kind: 'unreachable',
      message: `The file ${String(value).slice(
        0,
        300,
      )} was not read: the catalog module of service ownership is not installed`,
    };
  }
  if (key !== '$error' || typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { kind, message, problems } = value as Record<string, unknown>;
  return {
    kind: kind === 'unreachable' ? 'unreachable' : 'invalid',
    message:
      typeof message === 'string'
        ? message.slice(0, MAX_MESSAGE)
        : 'no reason given',
    ...(isProblems(problems) ? { problems } : {}),
  };
}

function isProblems(value: unknown): value is Problem[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      problem =>
        typeof problem?.message === 'string' &&
        typeof problem.path === 'string' &&
        ['number', 'undefined'].includes(typeof problem.line) &&
        ['number', 'undefined'].includes(typeof problem.column),
    )
  );
}
