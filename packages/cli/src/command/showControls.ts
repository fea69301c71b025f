// Control characters, the marks that turn the direction of text round, and
// what has no width: in a terminal all of them make a text look different from
// what it is, and some give it orders. What is no character at all makes XML
// that nobody reads.
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- finding them is the point
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text that others wrote, for one line of a terminal: what cannot be seen is
 * written out as `\u{1b}`, a tab is a blank.
 *
 * @internal
 */
export function showControls(value: string): string {
  return value.replace(INVISIBLE, character =>
    character === '\t' ? ' ' : `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}
