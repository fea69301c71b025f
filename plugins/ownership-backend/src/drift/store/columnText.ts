// NUL, which PostgreSQL refuses in text, and halves of surrogate pairs, which
// it would change into something else.
// eslint-disable-next-line no-control-regex -- finding them is the point
const UNSTORABLE = /[\u0000\ud800-\udfff]/gu;

/**
 * Text from a catalog file as a column can hold it: shortened to the length of
 * the column in UTF-16 units and without characters a database refuses. One
 * hostile string must not fail a whole scan.
 */
export function columnText(text: string, maxLength: number): string {
  return text
    .slice(0, maxLength)
    .replace(UNSTORABLE, character => (character === '\0' ? '' : '\ufffd'));
}
