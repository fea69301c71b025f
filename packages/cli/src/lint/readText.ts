import { readFileSync, statSync } from 'node:fs';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * The text of a file, or in words why it has none.
 *
 * Waits for the disk: nothing else is to be done meanwhile, and for thousands
 * of small files it takes half the time of doing so in the background.
 *
 * @internal
 */
export function readText(path: string): { text: string } | { message: string } {
  try {
    const stats = statSync(path);
    const { size } = stats;
    if (!stats.isFile()) {
      return { message: 'is not a file; expected YAML or JSON' };
    }
    if (size > MAX_BYTES) {
      return {
        message: `is too large: ${(size / MAX_BYTES).toFixed(
          1,
        )} MiB, at most 1 MiB is read`,
      };
    }
    return decode(readFileSync(path));
  } catch (error) {
    return { message: describeFailure(error as NodeJS.ErrnoException) };
  }
}

function decode(bytes: Buffer): { text: string } | { message: string } {
  if (bytes.includes(0)) {
    return { message: 'is not text; expected YAML or JSON in UTF-8' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { message: 'is not text in UTF-8' };
  }
}

function describeFailure({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'is not there';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied';
    case 'ELOOP':
      return 'cannot be read: its links go in a circle';
    case 'EISDIR':
      return 'is a directory';
    default:
      return `cannot be read: ${code ?? message}`;
  }
}
