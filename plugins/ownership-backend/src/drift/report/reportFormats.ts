import type { ReportFormat } from '@service-ownership/backstage-plugin-ownership-common';
import { csvReport } from './csvReport';
import { htmlReport } from './htmlReport';
import { jsonReport } from './jsonReport';
import { junitReport } from './junitReport';
import { markdownReport } from './markdownReport';
import { ndjsonReport } from './ndjsonReport';
import type { ReportFormatWriter } from './ReportFormat';
import { sarifReport } from './sarifReport';

/** Every format by its name in the API. */
export const reportFormats: Record<ReportFormat, ReportFormatWriter> = {
  csv: csvReport,
  json: jsonReport,
  ndjson: ndjsonReport,
  markdown: markdownReport,
  sarif: sarifReport,
  junit: junitReport,
  html: htmlReport,
};
