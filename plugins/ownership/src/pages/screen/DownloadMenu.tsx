import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  reasonOf,
  saveFile,
} from '@service-ownership/backstage-plugin-ownership-react';
import { RiDownloadLine } from '@remixicon/react';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';

/**
 * A choice of formats, and the file in the one that is chosen.
 *
 * @internal
 */
export function DownloadMenu<TFormat extends string>(props: {
  /** Says what the file will hold. */
  note: string;
  /** Name of the table, where a screen has several. */
  table?: string;
  formats: ReadonlyArray<{ id: TFormat; label: string }>;
  load(format: TFormat): Promise<{ filename: string; blob: Blob }>;
}) {
  const { t } = usePagesTranslation();
  const alertApi = useApi(alertApiRef);
  const [busy, setBusy] = useState(false);

  const download = async (format: TFormat) => {
    setBusy(true);
    try {
      saveFile(await props.load(format));
    } catch (error) {
      alertApi.post({
        severity: 'error',
        message: t('pages.download.failed', {
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
        aria-label={
          props.table && t('pages.download.of', { table: props.table })
        }
      >
        {t('pages.download.label')}
      </Button>
      <Menu aria-label={props.note}>
        {props.formats.map(({ id, label }) => (
          <MenuItem key={id} onAction={() => download(id)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}
