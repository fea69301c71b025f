import type { OwnershipContract } from './schema';

/**
 * One thing wrong with a document, in words a person can act on.
 *
 * @public
 */
export interface Problem {
  /** What is wrong and what is accepted instead. */
  message: string;
  /** Where, as a JSON path: `runbooks[0].url`. Empty for the document as a whole. */
  path: string;
  /** Line in the source text, from 1, where the text is at hand. */
  line?: number;
  /** Column in the source text, from 1, where the text is at hand. */
  column?: number;
}

/**
 * Result of reading a contract: it is valid exactly when `errors` is empty.
 *
 * @public
 */
export interface ContractReading {
  /** Present exactly when there is no error. */
  contract?: OwnershipContract;
  /** What makes the contract invalid. */
  errors: Problem[];
  /** What does not: unknown keys with a did-you-mean, doubtful values. */
  warnings: Problem[];
}

/**
 * Where a contract of a component comes from.
 *
 * @public
 */
export interface ContractSource {
  /** `inline` at `spec.ownershipContract`, read from a `file` beside it, or an `entity` of kind OwnershipContract. */
  form: 'inline' | 'file' | 'entity';
  /** The entity that carries it: the component itself or the OwnershipContract entity. */
  entityRef: string;
  /** The document as found, unchecked. */
  document: unknown;
}

/**
 * What is known of the contract of one component.
 *
 * - `missing`: there is none.
 * - `valid`: one, without errors.
 * - `invalid`: one, with errors. Its content is not used.
 * - `duplicate`: more than one. None is used.
 * - `unreadable`: its file could not be fetched just now; nothing can be said about it.
 *
 * @public
 */
export interface ContractState {
  /** What there is, as above. */
  status: 'missing' | 'valid' | 'invalid' | 'duplicate' | 'unreadable';
  /** The contract; there only where it is `valid`. */
  contract?: OwnershipContract;
  /** Why it is not used, each with its place. */
  errors: Problem[];
  /** What has no effect, each with its place. */
  warnings: Problem[];
  /** Where contracts for the component were found. */
  sources: Array<Pick<ContractSource, 'form' | 'entityRef'>>;
}
