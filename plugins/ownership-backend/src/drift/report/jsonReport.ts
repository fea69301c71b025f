import type { ReportFormatWriter } from './ReportFormat';

/** `{ generatedAt, hidden, items: [finding] }`. */
export const jsonReport: ReportFormatWriter = {
  contentType: 'application/json; charset=utf-8',
  extension: 'json',
  async *write(pages, { now, hidden }) {
    yield `{"generatedAt":${JSON.stringify(now)},"hidden":${hidden},"items":[`;
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
