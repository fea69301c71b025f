import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';

/**
 * The path of a file that another one names, as the catalog would find it:
 * never outside of the directory of the other, not through links either.
 *
 * @returns nothing where it is outside
 * @internal
 */
export function resolveBeside(
  file: string,
  reference: string,
): string | undefined {
  const directory = dirname(file);
  const target = resolve(directory, reference);
  if (!isWithin(directory, target)) {
    return undefined;
  }
  try {
    const realDirectory = realpathSync.native(directory);
    const realTarget = realpathSync.native(target);
    return isWithin(realDirectory, realTarget) ? target : undefined;
  } catch {
    // It is not there, which reading it will say.
    return target;
  }
}

function isWithin(directory: string, path: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
