import { Checkbox, TextField } from '@backstage/ui';
import type {
  DriftView,
  DriftViewRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { FormDialog } from '../../screen/FormDialog';
import { usePagesTranslation } from '../../usePagesTranslation';

/**
 * Asks what a view is to be called and, for a new one, whom it is for.
 *
 * @internal
 */
export function ViewDialog(props: {
  /** The one that gets another name; absent for a new one. */
  view?: DriftView;
  mayShare: boolean;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onSubmit(
    request: Pick<DriftViewRequest, 'name' | 'shared' | 'isDefault'>,
  ): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { view } = props;
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(false);
  const [isDefault, setIsDefault] = useState(false);
  return (
    <FormDialog
      title={t(
        view ? 'pages.drift.view.renameTitle' : 'pages.drift.view.saveTitle',
      )}
      confirm={t('pages.drift.view.confirm')}
      failed={t('pages.drift.view.notSaved')}
      ready={name.trim().length > 0}
      onClose={props.onClose}
      onSubmit={() =>
        props.onSubmit({
          name: name.trim(),
          ...(shared ? { shared } : {}),
          ...(isDefault ? { isDefault } : {}),
        })
      }
    >
      {!view && <p>{t('pages.drift.view.intro')}</p>}
      <TextField
        label={t('pages.drift.view.name')}
        value={name}
        onChange={setName}
        maxLength={100}
        isRequired
      />
      {!view && (
        <Checkbox isSelected={isDefault} onChange={setIsDefault}>
          {t('pages.drift.view.makeDefault')}
        </Checkbox>
      )}
      {!view && props.mayShare && (
        <Checkbox isSelected={shared} onChange={setShared}>
          {t('pages.drift.view.share')}
        </Checkbox>
      )}
    </FormDialog>
  );
}

/**
 * Asks before a view is deleted.
 *
 * @internal
 */
export function DeleteViewDialog(props: {
  view: DriftView;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onSubmit(): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { view } = props;
  return (
    <FormDialog
      title={t('pages.drift.view.deleteTitle', { name: view.name })}
      confirm={t('pages.drift.view.delete')}
      failed={t('pages.drift.view.notSaved')}
      ready
      onClose={props.onClose}
      onSubmit={props.onSubmit}
    >
      <p>
        {t(
          view.shared
            ? 'pages.drift.view.deleteShared'
            : 'pages.drift.view.deleteOwn',
        )}
      </p>
    </FormDialog>
  );
}
