const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text for the content of an element or a quoted attribute of XML or HTML.
 * Characters that XML 1.0 does not allow at all become U+FFFD.
 */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, character => ENTITIES[character])
      // https://www.w3.org/TR/xml/#charsets
      .replace(
        /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
        '\ufffd',
      )
  );
}
