import { InputError } from '@backstage/errors';

// Characters that do not show, or make text read as something else; but for
// tabs and line ends. The joiners of scripts and emoji stay.
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Cs}/gu;

/**
 * What somebody wrote, as it is kept: lines stay lines; control characters,
 * and those that turn the direction of text, go.
 *
 * @throws InputError where less than `min` characters are left
 */
export function writtenText(options: {
  text: string;
  /** What the text is called where it comes from. */
  field: string;
  min: number;
}): string {
  const { text, field, min } = options;
  const clean = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(HIDDEN, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (clean.length < min) {
    throw new InputError(
      `${field}: must hold at least ${min} character${
        min === 1 ? '' : 's'
      } that can be seen`,
    );
  }
  return clean;
}
