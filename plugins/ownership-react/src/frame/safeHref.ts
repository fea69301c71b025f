const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'slack:', 'msteams:'];

/**
 * The address if a browser may open it: http(s) without a password in it,
 * mailto, tel, the chat apps' own schemes, or a path in this portal.
 * Everything else, `javascript:` first of all, gives `undefined`.
 *
 * @public
 */
export function safeHref(value: string | undefined): string | undefined {
  const text = value?.trim();
  if (!text || /[\s\u0000-\u001f\u007f]/.test(text)) {
    return undefined;
  }
  // A path, but not `//host` or `/\host`, which lead elsewhere.
  if (/^\/(?![/\\])/.test(text)) {
    return text;
  }
  try {
    const url = new URL(text);
    const named = url.username !== '' || url.password !== '';
    return schemes.includes(url.protocol) && !named ? text : undefined;
  } catch {
    return undefined;
  }
}
