import { count, oneOf } from '../command/flagTypes';
import { lintFormatNames } from './format/lintFormats';

/**
 * Flags that say how problems are written, and how many warnings may be.
 *
 * @internal
 */
export const lintFlags = {
  format: {
    type: oneOf('--format', lintFormatNames),
    placeholder: '<format>',
    description: `How to write problems: ${lintFormatNames.join(
      ', ',
    )}. Default: text`,
  },
  maxWarnings: {
    type: count('--max-warnings'),
    placeholder: '<number>',
    description: 'Fail with more warnings than this. Default: any',
  },
};
