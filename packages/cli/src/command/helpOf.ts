import type { cli } from 'cleye';
import { HelpRequest } from './HelpRequest';

type HelpOptions = Exclude<
  NonNullable<Parameters<typeof cli>[0]['help']>,
  boolean
>;

/**
 * Help of a command for `cli()` of cleye, which would print it and end the
 * process. Here the text comes as a {@link HelpRequest}, so that a command can
 * run inside another program and in tests.
 *
 * @internal
 */
export function helpOf(options: {
  description: string;
  usage: string[];
  examples: string[];
}): HelpOptions {
  return {
    ...options,
    render(nodes, renderers) {
      throw new HelpRequest(renderers.render(nodes));
    },
  };
}
