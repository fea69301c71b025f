import { safeHref } from './safeHref';

describe('safeHref', () => {
  it.each([
    'https://wiki.example.org/a?b=c#d',
    'HTTP://wiki.example.org',
    'mailto:payments@example.org',
    'tel:+49301234567',
    'slack://channel?team=T1&id=C1',
    'msteams://teams.example.org/l/channel/1',
    '/docs/default/component/checkout',
    '  https://wiki.example.org ',
  ])('opens %p', value => {
    expect(safeHref(value)).toBe(value.trim());
  });

  it.each([
    undefined,
    '',
    'wiki.example.org',
    'docs/runbook.md',
    'JavaScript&colon;alert(1)',
    'JAVASCRIPT\t:alert(1)',
    ' java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://portal.example.org/1',
    '//evil.example.org',
    '/\\evil.example.org',
    '/\t/evil.example.org',
    'https://admin:secret@wiki.example.org',
    'https://',
  ])('does not open %p', value => {
    expect(safeHref(value)).toBeUndefined();
  });
});
