import { TextAreaField } from '@backstage/ui';
import type {
  InitiativeEntity,
  InitiativeExemptionRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { FormDialog } from '../screen/FormDialog';
import { usePagesTranslation } from '../usePagesTranslation';
import { DateField } from '../screen/DateField';
import { dayIn, endOfDay, isValid } from '../screen/days';

/**
 * Asks why a component is excused, and until when.
 *
 * @internal
 */
export function ExemptDialog(props: {
  entity: InitiativeEntity;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onExempt(request: InitiativeExemptionRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { entity } = props;
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayIn(30));
  const end = endOfDay(until);
  const inTime = isValid(end) && until > dayIn(0);

  return (
    <FormDialog
      title={t('pages.initiative.exempt.title', {
        entity: entity.entityTitle ?? entity.entityRef,
      })}
      confirm={t('pages.initiative.exempt.confirm')}
      failed={t('pages.initiative.form.failed')}
      ready={inTime && reason.trim().length >= 3}
      onClose={props.onClose}
      onSubmit={() =>
        props.onExempt({
          entityRef: entity.entityRef,
          reason: reason.trim(),
          expiresAt: end.toISOString(),
        })
      }
    >
      <p>{t('pages.initiative.exempt.intro')}</p>
      <TextAreaField
        label={t('pages.initiative.exempt.reason')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        isRequired
      />
      <DateField
        isRequired
        label={t('pages.initiative.exempt.until')}
        value={until}
        min={dayIn(1)}
        onChange={setUntil}
      />
      {!inTime && <p role="alert">{t('pages.initiative.exempt.past')}</p>}
    </FormDialog>
  );
}
