import { escapeXml } from './escapeXml';
import type { ReportFormatWriter } from './ReportFormat';

/**
 * JUnit XML as build servers read it: every finding is a failed test of the
 * suite `ownership-drift`, waived ones are skipped, closed ones pass.
 *
 * The counts that the format allows on the root are left out: they are known
 * at the end only, and readers count for themselves.
 */
export const junitReport: ReportFormatWriter = {
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  async *write(pages, { now }) {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' +
      `<testsuite name="ownership-drift" timestamp="${now
        .toISOString()
        .slice(0, 19)}">\n`;
    for await (const page of pages) {
      for (const finding of page) {
        const name = `<testcase classname="${escapeXml(
          finding.entityRef,
        )}" name="${escapeXml(finding.ruleId)}"`;
        const message = escapeXml(finding.message);
        if (finding.state === 'closed') {
          yield `${name}/>\n`;
        } else if (finding.state === 'waived') {
          yield `${name}><skipped message="${escapeXml(
            finding.waiver?.reason ?? '',
          )}"/></testcase>\n`;
        } else {
          yield `${name}><failure type="${escapeXml(
            finding.severity,
          )}" message="${message}">${message}\n${escapeXml(
            finding.remediation,
          )}\nOwner: ${escapeXml(
            finding.ownerRefs.join(', ') || 'nobody',
          )}</failure></testcase>\n`;
        }
      }
    }
    yield '</testsuite>\n</testsuites>\n';
  },
};
