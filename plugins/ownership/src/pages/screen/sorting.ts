import type { Sorting } from './DataTable';

/**
 * The order an address asks for as `key` or `key,desc`, as the API writes it;
 * `fallback` where it names none of `keys`.
 *
 * @internal
 */
export function sortingOf(
  text: string | null,
  keys: readonly string[],
  fallback: Sorting,
): Sorting {
  const [key, direction] = (text ?? '').split(',');
  return keys.includes(key)
    ? { key, direction: direction === 'desc' ? 'desc' : 'asc' }
    : fallback;
}

/** @internal */
export function sortingText(sorting: Sorting): string {
  return sorting.direction === 'desc' ? `${sorting.key},desc` : sorting.key;
}
