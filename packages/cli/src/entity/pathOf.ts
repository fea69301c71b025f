/**
 * Keys and indexes as the path that places are found by: `links[0].url`.
 *
 * @internal
 */
export function pathOf(steps: ReadonlyArray<string | number>): string {
  return steps.reduce<string>((path, step) => {
    if (/^\d+$/.test(String(step))) {
      return `${path}[${step}]`;
    }
    if (!/^[\w$-]+$/.test(String(step))) {
      return `${path}[${JSON.stringify(step)}]`;
    }
    return path === '' ? String(step) : `${path}.${step}`;
  }, '');
}

/**
 * Whether a path is another one or something below it.
 *
 * @internal
 */
export function isAtOrBelow(path: string, above: string): boolean {
  return (
    path.startsWith(above) &&
    (above === '' ||
      path.length === above.length ||
      ['.', '['].includes(path[above.length]))
  );
}

/**
 * The path of something below another path: one is empty, or both are joined.
 *
 * @internal
 */
export function pathWithin(above: string, path: string): string {
  return above === '' || path === '' || path.startsWith('[')
    ? `${above}${path}`
    : `${above}.${path}`;
}
