import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { tableColumns } from './tableColumns';

/** A page of items as they go over the wire. */
export type TablePages = AsyncIterable<unknown[]>;

/**
 * How a list is written as a file.
 */
export interface TableFormat {
  contentType: string;
  write(pages: TablePages, item: z.ZodType): AsyncIterable<string>;
}

/** Every format in which a list may be asked for, by the value of `format`. */
export const tableFormats: Record<'csv' | 'json', TableFormat> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: writeCsv },
  json: { contentType: 'application/json; charset=utf-8', write: writeJson },
};

/**
 * RFC 4180 with a header line. A cell that a spreadsheet would take for a
 * formula gets an apostrophe in front.
 */
async function* writeCsv(pages: TablePages, item: z.ZodType) {
  let columns: ReturnType<typeof tableColumns> | undefined;
  const line = (rows: unknown[][]) =>
    stringify(rows, {
      escape_formulas: true,
      record_delimiter: '\r\n',
      cast: { boolean: value => String(value) },
    });
  for await (const page of pages) {
    if (!columns) {
      columns = tableColumns({ item, sample: page });
      yield line([columns.map(({ name }) => name)]);
    }
    const shown = columns;
    yield line(page.map(one => shown.map(({ read }) => read(one))));
  }
}

async function* writeJson(pages: TablePages) {
  let before = '[\n';
  for await (const page of pages) {
    for (const one of page) {
      yield `${before}${JSON.stringify(one)}`;
      before = ',\n';
    }
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
