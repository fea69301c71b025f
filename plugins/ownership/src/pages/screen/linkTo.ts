import type { UrlChanges } from './useUrlQuery';

/**
 * A relative link to another screen of the ownership pages with its filters.
 *
 * @internal
 */
export function linkTo(path: string, query: UrlChanges = {}): string {
  const params = new URLSearchParams();
  Object.entries(query).forEach(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    values
      .filter(item => item !== undefined && item !== '')
      .forEach(item => params.append(name, String(item)));
  });
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
