import { stringify } from 'csv-stringify/sync';
import type { ReportedFinding } from '../store/listFindings';
import { ageDays, type ReportFormatWriter } from './ReportFormat';

const HEAD = line([
  [
    'entityRef',
    'kind',
    'ownerRefs',
    'state',
    'ruleId',
    'severity',
    'findingState',
    'firstSeenAt',
    'ageDays',
    'message',
    'remediation',
    'title',
    'tier',
    'lastSeenAt',
    'closedAt',
    'closedReason',
    'reopenedCount',
  ],
]);

/**
 * RFC 4180 with a header line. Several owners stand in one cell with a
 * semicolon between; `state` is that of the component and empty for one that
 * left the catalog. A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
export const csvReport: ReportFormatWriter = {
  contentType: 'text/csv; charset=utf-8',
  extension: 'csv',
  async *write(pages, { now }) {
    yield HEAD;
    for await (const page of pages) {
      yield line(page.map(finding => cells(finding, now)));
    }
  },
};

function cells(finding: ReportedFinding, now: Date): Array<string | number> {
  return [
    finding.entityRef,
    finding.entityRef.split(':')[0],
    finding.ownerRefs.join(';'),
    finding.entityState ?? '',
    finding.ruleId,
    finding.severity,
    finding.state,
    finding.firstSeenAt,
    ageDays(finding, now),
    finding.message,
    finding.remediation,
    finding.entityTitle ?? '',
    finding.tier ?? '',
    finding.lastSeenAt,
    finding.closedAt ?? '',
    finding.closedReason ?? '',
    finding.reopenedCount,
  ];
}

function line(rows: Array<Array<string | number>>): string {
  return stringify(rows, {
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}
