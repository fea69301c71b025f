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
}

/**
 * The document that stands for a contract that could not be used.
 *
 * @public
 */
export function contractMarker(marker: ContractMarker): {
  $error: { kind: string; message: string };
} {
  return {
    $error: { kind: marker.kind, message: marker.message.slice(0, 2000) },
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
  const { kind, message } = value as Record<string, unknown>;
  return {
    kind: kind === 'unreachable' ? 'unreachable' : 'invalid',
    message:
      typeof message === 'string' ? message.slice(0, 2000) : 'no reason given',
  };
}
