import type { ReportedFinding } from '../store/listFindings';
import { escapeXml } from './escapeXml';
import type { ReportFormatWriter } from './ReportFormat';

/**
 * JUnit XML as build servers read it: every finding is a failed test of the
 * suite `ownership-drift`, waived and snoozed ones are skipped, closed ones pass.
 *
 * The counts that the format allows on the root are left out: they are known
 * at the end only, and readers count for themselves.
 */
export const junitReport: ReportFormatWriter = {
  contentType: 'application/xml; charset=utf-8',
  extension: 'xml',
  async *write(pages, { now, hidden }) {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' +
      `<testsuite name="ownership-drift" timestamp="${now
        .toISOString()
        .slice(0, 19)}">\n`;
    if (hidden > 0) {
      yield `<properties><property name="hidden" value="${hidden}"/></properties>\n`;
    }
    let isEmpty = true;
    for await (const page of pages) {
      isEmpty &&= page.length === 0;
      yield page.map(testCase).join('');
    }
    if (isEmpty) {
      // Build servers take a report without any test for a broken one.
      yield '<testcase classname="ownership-drift" name="no findings"/>\n';
    }
    yield '</testsuite>\n</testsuites>\n';
  },
};

function testCase(finding: ReportedFinding): string {
  const name = `<testcase classname="${escapeXml(
    finding.entityRef,
  )}" name="${escapeXml(finding.ruleId)}"`;
  if (finding.state === 'closed') {
    return `${name}/>\n`;
  }
  if (finding.state === 'waived' || finding.state === 'snoozed') {
    const why =
      finding.state === 'waived'
        ? finding.waiver?.reason
        : finding.snoozedUntil && `Snoozed until ${finding.snoozedUntil}`;
    return `${name}><skipped message="${escapeXml(why ?? '')}"/></testcase>\n`;
  }
  const message = escapeXml(finding.message);
  return `${name}><failure type="${escapeXml(
    finding.severity,
  )}" message="${message}">${message}\n${escapeXml(
    finding.remediation,
  )}\nOwner: ${escapeXml(
    finding.ownerRefs.join(', ') || 'nobody',
  )}</failure></testcase>\n`;
}
