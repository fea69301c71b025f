import type { ReportFormatWriter } from './ReportFormat';

/** `{ generatedAt, items: [finding] }`. */
export const jsonReport: ReportFormatWriter = {
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  async *write(pages, { now }) {
    yield `{"generatedAt":${JSON.stringify(now)},"items":[`;
    let separator = '\n';
    for await (const page of pages) {
      for (const finding of page) {
        yield `${separator}${JSON.stringify(finding)}`;
        separator = ',\n';
      }
    }
    yield '\n]}\n';
  },
};
