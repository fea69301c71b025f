import { columnText } from './columnText';

/**
 * The owners of a component as one text, the same whatever their order. It
 * stands for all components that are owned alike.
 */
export function ownersText(ownerRefs: readonly string[]): string {
  const refs = ownerRefs.map(ref => columnText(ref, 300)).filter(Boolean);
  return JSON.stringify([...new Set(refs)].sort());
}

/** The single refs of such a text, sorted. */
export function ownersOf(text: string): string[] {
  return JSON.parse(text);
}
