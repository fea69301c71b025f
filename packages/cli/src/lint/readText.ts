import { readFile, stat } from 'node:fs/promises';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * The text of a file, or in words why it has none.
 *
 * @internal
 */
export async function readText(
  path: string,
): Promise<{ text: string } | { message: string }> {
  try {
    const { size, ...stats } = await describe(path);
    if (!stats.isFile) {
      return { message: 'is not a file; expected YAML or JSON' };
    }
    if (size > MAX_BYTES) {
      return {
        message: `is too large: ${(size / MAX_BYTES).toFixed(
          1,
        )} MiB, at most 1 MiB is read`,
      };
    }
    return decode(await readFile(path));
  } catch (error) {
    return { message: describeFailure(error as NodeJS.ErrnoException) };
  }
}

async function describe(path: string) {
  const stats = await stat(path);
  return { size: stats.size, isFile: stats.isFile() };
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
