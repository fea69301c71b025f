/**
 * Thrown where `--help` was asked for, with the text to show. Reading the
 * flags ends there.
 *
 * @internal
 */
export class HelpRequest extends Error {
  override name = 'HelpRequest';
}
