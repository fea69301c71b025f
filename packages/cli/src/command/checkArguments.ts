import { UsageError } from './UsageError';

/**
 * Refuses flags the command does not have and a wrong number of arguments.
 *
 * @throws UsageError that names the help
 * @internal
 */
export function checkArguments(options: {
  command: string;
  parsed: { unknownFlags: object; _: readonly string[] };
  /** What the arguments are called in messages: `FILE`. Without it there are none. */
  argument?: string;
  atLeast?: number;
  atMost?: number;
}): void {
  const { command, parsed, argument, atLeast = 0 } = options;
  const atMost = options.atMost ?? (argument === undefined ? 0 : Infinity);
  const help = `See service-ownership ${command} --help.`;
  const [unknown] = Object.keys(parsed.unknownFlags);
  if (unknown !== undefined) {
    throw new UsageError(`There is no flag --${unknown}. ${help}`);
  }
  const given = parsed._.length;
  if (given < atLeast) {
    throw new UsageError(`${argument} is missing. ${help}`);
  }
  if (given > atMost) {
    throw new UsageError(
      `${
        atMost === 0 ? 'No argument is' : `At most ${atMost} ${argument} is`
      } expected, found ${given}: ${parsed._.join(' ')}. ${help}`,
    );
  }
}
