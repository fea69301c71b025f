import { resolve } from 'node:path';
import { exitCodes } from '../command/Command';
import { paintFor } from '../command/Paint';
import type { Shell } from '../command/Shell';
import { version } from '../../package.json';
import { lintFormats } from './format/lintFormats';
import type { LintResult } from './LintResult';
import { readText } from './readText';

/**
 * Writes what was found.
 *
 * @returns the exit code: 1 with an error, or with more warnings than are allowed
 * @internal
 */
export function reportProblems(options: {
  result: LintResult;
  format: keyof typeof lintFormats;
  maxWarnings?: number;
  isOnline: boolean;
  shell: Shell;
}): number {
  const { result, format, maxWarnings = Infinity, isOnline, shell } = options;
  const errors = result.problems.filter(
    ({ severity }) => severity === 'error',
  ).length;
  const warnings = result.problems.length - errors;
  shell.stdout.write(
    lintFormats[format]({
      ...result,
      errors,
      warnings,
      // Read again: few files have problems, and to keep all texts takes memory.
      textOf(file) {
        const reading = readText(resolve(shell.cwd, file));
        return 'text' in reading ? reading.text : undefined;
      },
      isOnline,
      version,
      paint: paintFor(shell, shell.stdout),
      columns: Math.min(shell.stdout.columns ?? 100, 160),
    }),
  );
  if (errors === 0 && warnings > maxWarnings) {
    shell.stderr.write(
      `${warnings} warnings are more than the ${maxWarnings} that --max-warnings allows.\n`,
    );
  }
  return errors > 0 || warnings > maxWarnings
    ? exitCodes.problems
    : exitCodes.fine;
}
