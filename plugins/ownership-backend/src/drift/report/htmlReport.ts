import { escapeXml } from './escapeXml';
import { ageDays, hiddenNote, type ReportFormatWriter } from './ReportFormat';

const HEAD = ['Severity', 'Component', 'Owner', 'Finding', 'State', 'Days'];
const CELL = 'padding:6px 10px;border-bottom:1px solid #ddd;text-align:left';
const TABLE_HEAD = `<table style="border-collapse:collapse;width:100%"><thead><tr>${HEAD.map(
  title => `<th scope="col" style="${CELL}">${title}</th>`,
).join('')}</tr></thead><tbody>\n`;

/**
 * A page without scripts, style sheets or anything from elsewhere, so that it
 * can be a mail. A table of its own for every page of findings: mail programs
 * draw a table only when it is complete.
 */
export const htmlReport: ReportFormatWriter = {
  contentType: 'text/html; charset=utf-8',
  extension: 'html',
  async *write(pages, context) {
    const { now, rules } = context;
    const note = hiddenNote(context);
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">' +
      '<title>Ownership drift</title></head>\n' +
      '<body style="font-family:sans-serif;color:#222;background:#fff">\n' +
      `<h1>Ownership drift</h1>\n<p>As of ${now.toISOString()}</p>\n${
        note ? `<p>${note}</p>\n` : ''
      }`;
    let count = 0;
    for await (const page of pages) {
      if (page.length === 0) {
        continue;
      }
      count += page.length;
      const rows = page.map(finding =>
        row([
          escapeXml(finding.severity),
          escapeXml(finding.entityRef),
          escapeXml(finding.ownerRefs.join(', ') || 'nobody'),
          `<strong>${escapeXml(
            rules.get(finding.ruleId)?.title ?? finding.ruleId,
          )}</strong><br>${escapeXml(finding.message)}<br>${escapeXml(
            finding.remediation,
          )}`,
          escapeXml(finding.state),
          String(ageDays(finding, now)),
        ]),
      );
      yield `${TABLE_HEAD}${rows.join('')}</tbody></table>\n`;
    }
    yield `<p>${count} ${
      count === 1 ? 'finding' : 'findings'
    }</p>\n</body></html>\n`;
  },
};

function row(cells: string[]): string {
  return `<tr>${cells
    .map(cell => `<td style="${CELL}">${cell}</td>`)
    .join('')}</tr>\n`;
}
