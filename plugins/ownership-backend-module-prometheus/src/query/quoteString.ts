/** A string as PromQL reads it, whatever is in it. */
export function quoteString(text: string): string {
  // JSON and PromQL agree on these escapes; JSON leaves all others as they are.
  return JSON.stringify(text);
}

/** A value as a part of a regular expression (RE2) that matches it alone. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/**
 * The text of a PromQL string literal; absent where it has escapes other than
 * those that JSON has too.
 */
export function unquoteString(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`') || !body.includes('\\')) {
    return body;
  }
  let known = true;
  const text = body.replace(/\\(.?)/g, (_, escaped: string) => {
    const plain = { n: '\n', t: '\t', r: '\r' }[escaped];
    if (plain === undefined && !/["'\\]/.test(escaped)) {
      known = false;
    }
    return plain ?? escaped;
  });
  return known ? text : undefined;
}
