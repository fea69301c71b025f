import { ageDays, hiddenNote, type ReportFormatWriter } from './ReportFormat';

/** A table in GitHub's dialect. */
export const markdownReport: ReportFormatWriter = {
  contentType: 'text/markdown; charset=utf-8',
  extension: 'md',
  async *write(pages, context) {
    const { now } = context;
    const note = hiddenNote(context);
    yield `# Ownership drift\n\nAs of ${now.toISOString()}\n\n${
      note ? `${note}\n\n` : ''
    }` +
      '| Severity | Component | Owner | Finding | What to do | Rule | State | Days |\n' +
      '|---|---|---|---|---|---|---|---:|\n';
    let count = 0;
    for await (const page of pages) {
      count += page.length;
      yield page
        .map(finding =>
          row([
            finding.severity,
            finding.entityRef,
            finding.ownerRefs.join(', ') || 'nobody',
            finding.message,
            finding.remediation,
            finding.ruleId,
            finding.state,
            String(ageDays(finding, now)),
          ]),
        )
        .join('');
    }
    yield count === 1 ? '\n1 finding\n' : `\n${count} findings\n`;
  },
};

function row(cells: string[]): string {
  return `| ${cells.map(escapeMarkdown).join(' | ')} |\n`;
}

/** Text that no Markdown reader takes for markup, a link, HTML or a new cell. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s+/g, ' ')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/[\\`*_[\]{}|~#!$]/g, '\\$&')
      // Mentions tell people and other tickets of this one. They are looked for
      // when everything is read, so that only a break of no width keeps words
      // from being one.
      .replace(/@|#(?=\d)/g, '$&&#8203;')
      // Bare addresses become links without any markup.
      .replace(/:\/\//g, '&#58;//')
      .replace(/\bwww\./gi, match => `${match.slice(0, -1)}&#46;`)
  );
}
