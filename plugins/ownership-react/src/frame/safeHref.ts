const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'slack:', 'msteams:'];

// Stands for the portal's own address, whatever it is.
const PORTAL = 'https://portal.invalid';

/**
 * The address if a browser may open it: http(s) without a password in it,
 * mailto, tel, the chat apps' own schemes, or a path in this portal.
 * Everything else, `javascript:` first of all, gives `undefined`.
 *
 * @public
 */
export function safeHref(value: string | undefined): string | undefined {
  const text = value?.trim();
  if (!text) {
    return undefined;
  }
  try {
    // Read as a browser reads it: `/\\host` and `/<tab>/host` lead elsewhere.
    const url = new URL(text, PORTAL);
    if (text.startsWith('/')) {
      return url.origin === PORTAL ? text : undefined;
    }
    const absolute = new URL(text);
    const named = absolute.username !== '' || absolute.password !== '';
    return schemes.includes(absolute.protocol) && !named ? text : undefined;
  } catch {
    return undefined;
  }
}
