// C0 and C1 control characters but tab and line ends, the byte order mark, and
// the marks that turn the direction of text round: all make a text look
// different from what it is.
const HIDDEN_CHARACTER =
  // eslint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/;

/**
 * The first character of a text that nobody can see, as `U+202E`; `undefined`
 * where there is none.
 *
 * @internal
 */
export function hiddenCharacter(text: string): string | undefined {
  const found = HIDDEN_CHARACTER.exec(text);
  return (
    (found &&
      `U+${found[0]
        .charCodeAt(0)
        .toString(16)
        .toUpperCase()
        .padStart(4, '0')}`) ??
    undefined
  );
}
