import type { Shell } from './Shell';

/**
 * What the command leaves to the shell that called it.
 *
 * @internal
 */
export const exitCodes = {
  /** Nothing to complain about. */
  fine: 0,
  /** The command did its work and found problems. */
  problems: 1,
  /** It could not do its work: a wrong flag, a file that is not there, a portal that does not answer. */
  failure: 2,
} as const;

/**
 * One of the commands.
 *
 * @internal
 */
export interface Command {
  /** The words after `service-ownership`: `drift report`. */
  name: string;
  /** What it does, in half a sentence. */
  summary: string;
  /** @returns the exit code */
  run(argv: string[], shell: Shell): Promise<number>;
}
