import type { ReportFormatWriter } from './ReportFormat';

/** `{ generatedAt, items: [finding] }`. */
export const jsonReport: ReportFormatWriter = {
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  async *write(pages, { now }) {
    yield `{"generatedAt":${JSON.stringify(now)},"items":[`;
    let separator = '\n';
    for await (const page of pages) {
      if (page.length > 0) {
        yield separator + page.map(one => JSON.stringify(one)).join(',\n');
        separator = ',\n';
      }
    }
    yield '\n]}\n';
  },
};
