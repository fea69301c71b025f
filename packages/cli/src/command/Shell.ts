import type { Writable } from 'node:stream';

/**
 * A place to write to: a terminal, a file or a pipe.
 *
 * @internal
 */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/**
 * All a command has of the world around it. Commands touch neither the global
 * process nor the global clock.
 *
 * @internal
 */
export interface Shell {
  stdout: Output;
  stderr: Output;
  /** Directory that relative paths start at. */
  cwd: string;
  env: Record<string, string | undefined>;
  fetch: typeof fetch;
  now(): Date;
  /** Resolves after that many milliseconds. */
  wait(milliseconds: number): Promise<void>;
}
