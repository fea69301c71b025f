import { lstat, realpath, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob, hasMagic, type Path } from 'glob';
import { UsageError } from '../command/UsageError';

/**
 * A file to check.
 *
 * @internal
 */
export interface FoundFile {
  /** Path to open. */
  path: string;
  /** Path to show, relative to where the command runs. */
  name: string;
  /** Named as it is, and not found in a directory or by a pattern. */
  isNamed: boolean;
}

const IGNORED = ['**/node_modules/**', '**/.git/**'];

/**
 * The files that paths, patterns and directories stand for, each once, by
 * name: of a file and links to it the file counts, of links alone the first. In
 * directories those that end in `.yaml` or `.yml`; links to other directories
 * are not followed there.
 *
 * @throws UsageError where something named is not there, or a pattern fits no file
 * @internal
 */
export async function findFiles(options: {
  inputs: readonly string[];
  cwd: string;
}): Promise<FoundFile[]> {
  const { inputs, cwd } = options;
  const found = new Map<string, FoundFile>();
  const links = new Set<string>();
  const add = (path: string, isNamed: boolean, isLink: boolean) => {
    const known = found.get(path);
    if (isLink) {
      links.add(path);
    }
    found.set(path, {
      path,
      name: relative(cwd, path).split(sep).join('/') || path,
      isNamed: isNamed || Boolean(known?.isNamed),
    });
  };
  for (const input of inputs) {
    const path = resolve(cwd, input);
    const kind = await kindOf(path);
    if (kind === 'directory') {
      for (const file of await search('**/*.{yaml,yml}', path)) {
        add(file.fullpath(), false, file.isSymbolicLink());
      }
    } else if (kind === 'missing' && hasMagic(input, { magicalBraces: true })) {
      const files = await search(input.split(sep).join('/'), cwd);
      if (files.length === 0) {
        throw new UsageError(`No file fits the pattern ${input}.`);
      }
      files.forEach(file => add(file.fullpath(), false, file.isSymbolicLink()));
    } else if (kind === 'missing') {
      throw new UsageError(`There is no file or directory ${input}.`);
    } else {
      // Whatever is wrong with it is a problem of this one file.
      add(path, true, await leadsElsewhere(path));
    }
  }
  await leaveOutCopies(found, links);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function leaveOutCopies(
  found: Map<string, FoundFile>,
  links: ReadonlySet<string>,
): Promise<void> {
  const targets = new Set<string>();
  for (const path of [...links].sort()) {
    const target = await realpath(path).catch(() => path);
    const original = found.get(target);
    if (targets.has(target) || (original && target !== path)) {
      if (original && found.get(path)?.isNamed) {
        original.isNamed = true;
      }
      found.delete(path);
    }
    targets.add(target);
  }
}

function search(pattern: string, cwd: string): Promise<Path[]> {
  return glob(pattern, {
    withFileTypes: true,
    cwd,
    dot: true,
    follow: false,
    ignore: IGNORED,
    nodir: true,
  });
}

async function leadsElsewhere(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

async function kindOf(
  path: string,
): Promise<'directory' | 'missing' | 'other'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'other';
  }
}
