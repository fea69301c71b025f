import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Select, TextAreaField } from '@backstage/ui';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { DateField } from '../pages/screen/DateField';
import { dayIn, endOfDay, isValid } from '../pages/screen/days';
import { FormDialog } from '../pages/screen/FormDialog';
import { useTeamList } from '../pages/screen/useTeamList';
import { ownershipTranslationRef } from '../translation';

/**
 * Asks to whom a component is handed over, why, and by when.
 *
 * @internal
 */
export function HandOverDialog(props: {
  ownership: EntityOwnership;
  onClose(): void;
  onProposed(): void;
}) {
  const { ownership } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const owners = new Set(ownership.owners.map(({ ref }) => ref));
  const teams = useTeamList().filter(({ ref }) => !owners.has(ref));
  const [to, setTo] = useState<string>();
  const [reason, setReason] = useState('');
  const [due, setDue] = useState(() => dayIn(30));
  const end = endOfDay(due);
  const inTime = isValid(end) && due >= dayIn(1);
  const name = ownership.title ?? parseEntityRef(ownership.entityRef).name;
  return (
    <FormDialog
      title={t('handover.dialog.title', { name })}
      confirm={t('handover.dialog.confirm')}
      failed={t('handover.dialog.failed')}
      ready={to !== undefined && reason.trim().length >= 3 && inTime}
      onClose={props.onClose}
      onSubmit={async () => {
        await api.proposeHandover({
          entityRefs: [ownership.entityRef],
          to: to!,
          reason: reason.trim(),
          dueAt: end.toISOString(),
        });
        props.onProposed();
      }}
    >
      <p>{t('handover.dialog.intro')}</p>
      <Select
        label={t('handover.dialog.to')}
        placeholder={t('handover.dialog.choose')}
        search={{ placeholder: t('handover.dialog.find') }}
        value={to ?? null}
        onChange={key => setTo(key === null ? undefined : String(key))}
        options={teams.map(team => ({ id: team.ref, label: team.title }))}
        isRequired
      />
      <TextAreaField
        label={t('handover.dialog.reason')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        isRequired
      />
      <DateField
        isRequired
        label={t('handover.dialog.due')}
        value={due}
        min={dayIn(1)}
        onChange={setDue}
      />
      {!inTime && <p role="alert">{t('handover.dialog.past')}</p>}
    </FormDialog>
  );
}
