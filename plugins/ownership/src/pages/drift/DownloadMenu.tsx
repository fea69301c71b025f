import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { RiDownloadLine } from '@remixicon/react';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingFilter } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';

const formats = ['csv', 'json', 'markdown'] as const;

/**
 * The report as a file, with the filters as they are.
 *
 * @internal
 */
export function DownloadMenu(props: { filter: FindingFilter }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const alertApi = useApi(alertApiRef);
  const [busy, setBusy] = useState(false);

  const download = async (format: (typeof formats)[number]) => {
    setBusy(true);
    try {
      const { filename, blob } = await api.downloadReport({
        ...props.filter,
        format,
      });
      const url = URL.createObjectURL(blob);
      const link = document.createElement('a');
      link.href = url;
      link.download = filename;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      alertApi.post({
        severity: 'error',
        message: t('pages.drift.download.failed', {
          reason: reasonOf(error).message,
        }),
      });
    } finally {
      setBusy(false);
    }
  };

  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine />}
        isPending={busy}
      >
        {t('pages.drift.download.label')}
      </Button>
      <Menu aria-label={t('pages.drift.download.note')}>
        {formats.map(format => (
          <MenuItem key={format} onAction={() => download(format)}>
            {t(`pages.drift.download.${format}`)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
