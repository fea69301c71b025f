import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import { DownloadMenu } from '../screen/DownloadMenu';
import { usePagesTranslation } from '../usePagesTranslation';

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
      formats={[
        { id: 'csv', label: t('pages.download.csv') },
        { id: 'json', label: t('pages.download.json') },
        { id: 'markdown', label: t('pages.download.markdown') },
      ]}
      load={format => api.downloadReport({ ...props.filter, format })}
    />
  );
}
