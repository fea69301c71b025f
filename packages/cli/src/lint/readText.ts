import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 1024 * 1024;
const NOT_A_FILE = 'is not a file; expected YAML or JSON';

/**
 * What came of reading a file: its text, or in words why it has none and, as
 * far as there is anything in it, the characters of its first MiB, by which can
 * be told what it was meant to be.
 *
 * @internal
 */
export type TextReading =
  | { text: string }
  | { message: string; remains?: string };

/**
 * The text of a file.
 *
 * Waits for the disk: nothing else is to be done meanwhile, and for thousands
 * of small files it takes half the time of doing so in the background.
 *
 * @internal
 */
export function readText(path: string): TextReading {
  try {
    const stats = statSync(path);
    const { size } = stats;
    if (!stats.isFile()) {
      return { message: NOT_A_FILE };
    }
    if (size > MAX_BYTES) {
      return {
        message: `is too large: ${(size / MAX_BYTES).toFixed(
          1,
        )} MiB, at most 1 MiB is read`,
        remains: remainsOf(readStart(path)),
      };
    }
    return decode(readFileSync(path));
  } catch (error) {
    return { message: describeFailure(error as NodeJS.ErrnoException) };
  }
}

/**
 * In words why a file cannot be read, without looking into it.
 *
 * @internal
 */
export function unreadable(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) {
      return NOT_A_FILE;
    }
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return describeFailure(error as NodeJS.ErrnoException);
  }
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MAX_BYTES);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function decode(bytes: Buffer): TextReading {
  if (bytes.includes(0)) {
    return {
      message: 'is not text; expected YAML or JSON in UTF-8',
      remains: remainsOf(bytes),
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { message: 'is not text in UTF-8', remains: remainsOf(bytes) };
  }
}

/** In every encoding in use the letters of English are these bytes, perhaps with zeros between. */
function remainsOf(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\0/g, '');
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
