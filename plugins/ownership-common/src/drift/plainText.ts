// What nearly all texts are: words of ASCII with single spaces in between.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Text that somebody wrote, made safe to stand in a sentence: control and
 * direction characters are gone, white space is one space, and it is cut to
 * a length. It is still only text: whoever shows it as markup escapes it.
 *
 * @param options - `max`: greatest length in characters, default 120.
 *
 * @public
 */
export function plainText(text: unknown, options?: { max?: number }): string {
  const max = options?.max ?? 120;
  if (typeof text === 'string' && text.length <= max && PLAIN.test(text)) {
    return text;
  }
  // Far more than is kept is never looked at: the text may be megabytes.
  const clean = String(
    typeof text === 'string' ? text.slice(0, max * 8) : text ?? '',
  )
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
  return clean.length > max ? `${clean.slice(0, max - 1).trimEnd()}…` : clean;
}
