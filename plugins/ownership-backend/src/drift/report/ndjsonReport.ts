import type { ReportFormatWriter } from './ReportFormat';

/** One finding a line, as JSON. */
export const ndjsonReport: ReportFormatWriter = {
  contentType: 'application/x-ndjson; charset=utf-8',
  extension: 'ndjson',
  async *write(pages) {
    for await (const page of pages) {
      yield page.map(finding => `${JSON.stringify(finding)}\n`).join('');
    }
  },
};
