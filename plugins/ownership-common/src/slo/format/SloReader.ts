import type { Entity } from '@backstage/catalog-model';
import type { Problem } from '../../contract';
import type { SloDefinition } from '../types';

/**
 * What a reader of one format is given: a document and what surrounds it.
 *
 * @internal
 */
export interface SloDocument {
  /** The document, unchecked. */
  document: Record<string, unknown>;
  /** Where it was written. */
  origin: SloDefinition['origin'];
  /** Finds another object of the same format by kind and name: an SLI, an AlertPolicy. */
  resolve(kind: string, name: string): Entity | undefined;
}

/**
 * What a reader gives. A definition with a problem is left out, its
 * neighbours stay.
 *
 * @internal
 */
export interface SloReading {
  slos: SloDefinition[];
  problems: Problem[];
}

/**
 * Reads one document of one format. Never throws for any document.
 *
 * @internal
 */
export type SloReader = (document: SloDocument) => SloReading;

/**
 * Where readers note what they find.
 *
 * @internal
 */
export interface ReadingNotes {
  /** Something that leaves the SLO out: says what is accepted. */
  problem(path: string, message: string): void;
  /** Something that was read but could not be mapped. */
  warning(message: string): void;
}

/**
 * True for a plain mapping of YAML or JSON.
 *
 * @internal
 */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The text without control characters and cut to a length; `undefined` for
 * anything that is not text or is empty.
 *
 * @internal
 */
export function plainText(
  value: unknown,
  maxLength: number,
): string | undefined {
  if (typeof value !== 'string') {
    return undefined;
  }
  const text = value
    // Line breaks and tabs become blanks, other control characters go, as do
    // the marks that turn the direction of the text round.
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  return text ? text.slice(0, maxLength) : undefined;
}

/**
 * The value in words that are short enough for a message.
 *
 * @internal
 */
export function describeValue(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (typeof value === 'string') {
    return `"${plainText(value, 60) ?? ''}"`;
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  return isMapping(value) ? 'a mapping' : String(value);
}
