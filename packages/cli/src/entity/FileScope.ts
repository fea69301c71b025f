import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';

/**
 * Finds the files that other files name, as the catalog would: in the same
 * repository, and through links neither anywhere else.
 *
 * @internal
 */
export class FileScope {
  readonly #cwd: string;
  readonly #roots = new Map<string, string>();

  constructor(options: { cwd: string }) {
    this.#cwd = options.cwd;
  }

  /**
   * What a placeholder names: relative to the directory of its file or, with a
   * slash in front, to the repository.
   *
   * @returns nothing for an address: nothing is fetched
   */
  find(
    file: string,
    reference: unknown,
  ): { path: string } | { message: string } | undefined {
    if (typeof reference !== 'string' || reference === '') {
      return {
        message: 'names no file; expected a path such as ./ownership.yaml',
      };
    }
    if (/^https?:/i.test(reference)) {
      return undefined;
    }
    const directory = dirname(file);
    const root = this.#rootOf(directory);
    const path = reference.startsWith('/')
      ? join(root, reference)
      : resolve(directory, reference);
    return isWithin(root, path) && isWithin(real(root), real(path))
      ? { path }
      : {
          message: `${reference} is not in this repository; expected a path such as ./ownership.yaml`,
        };
  }

  /**
   * The repository a directory is in. Without one, the directory the command
   * runs in, or the directory itself where that is elsewhere.
   */
  #rootOf(directory: string): string {
    const known = this.#roots.get(directory);
    if (known !== undefined) {
      return known;
    }
    let root = isWithin(this.#cwd, join(directory, 'x'))
      ? this.#cwd
      : directory;
    for (
      let above = directory, last = '';
      above !== last;
      last = above, above = dirname(above)
    ) {
      if (existsSync(join(above, '.git'))) {
        root = above;
        break;
      }
    }
    this.#roots.set(directory, root);
    return root;
  }
}

/** Where links lead to. What is not there is left to whoever reads it. */
function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return existsSync(dirname(path)) ? join(real(dirname(path)), 'x') : path;
  }
}

function isWithin(directory: string, path: string): boolean {
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}
