import { useApi } from '@backstage/core-plugin-api';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { usePagesTranslation } from '../usePagesTranslation';
import { DownloadMenu } from './DownloadMenu';

/**
 * The whole of a list as a file, whatever page of it is shown.
 *
 * @internal
 */
export function TableDownload(props: {
  /** What the list is called on the screen. */
  table: string;
  /** Path of the list's call: `/slos`. */
  path: string;
  /** The filter as the list has it. */
  query?: object;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { path, query } = props;
  return (
    <DownloadMenu
      note={t('pages.download.note')}
      table={props.table}
      formats={[
        { id: 'csv', label: t('pages.download.csv') },
        { id: 'json', label: t('pages.download.json') },
      ]}
      load={format => api.downloadTable({ path, query, format })}
    />
  );
}
