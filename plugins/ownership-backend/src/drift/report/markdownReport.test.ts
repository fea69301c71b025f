import { escapeMarkdown } from './markdownReport';

describe('escapeMarkdown', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['two\r\nlines', 'two lines'],
    ['<img src=x>', '&lt;img src=x&gt;'],
    ['[a](javascript:1)', '\\[a\\](javascript:1)'],
    ['`a` **b** _c_ ~d~', '\\`a\\` \\*\\*b\\*\\* \\_c\\_ \\~d\\~'],
    ['\\| &#124; $x$', '\\\\\\| &amp;\\#&#8203;124; \\$x\\$'],
    ['https://a.example', 'https&#58;//a.example'],
    ['www.a.example', 'www&#46;a.example'],
    // What GitHub links once all references are characters again.
    ['@everyone', '@&#8203;everyone'],
    ['fixes a/b#12', 'fixes a/b\\#&#8203;12'],
    ['Slack #payments', 'Slack \\#payments'],
  ])('takes no text for markup: %s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
