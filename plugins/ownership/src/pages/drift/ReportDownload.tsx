import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  FindingFilter,
  ReportFormat,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DownloadMenu } from '../screen/DownloadMenu';
import { usePagesTranslation } from '../usePagesTranslation';

const formats: readonly ReportFormat[] = [
  'csv',
  'json',
  'ndjson',
  'markdown',
  'html',
  'sarif',
  'junit',
];

/**
 * The drift report as a file, with the filters as they are.
 *
 * @internal
 */
export function ReportDownload(props: { filter: FindingFilter }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  return (
    <DownloadMenu
      note={t('pages.download.note')}
      formats={formats.map(id => ({ id, label: t(`pages.download.${id}`) }))}
      load={format => api.downloadReport({ ...props.filter, format })}
    />
  );
}
