import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { reasonOf } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  InitiativeEntity,
  InitiativeExemptionRequest,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { DayField } from './DayField';
import styles from './Initiative.module.css';

/**
 * Asks why a component is excused, and until when.
 *
 * @internal
 */
export function ExemptDialog(props: {
  /** Open while there is one. */
  entity?: InitiativeEntity;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onExempt(request: InitiativeExemptionRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { entity, onClose } = props;
  return (
    <Dialog
      isOpen={entity !== undefined}
      onOpenChange={open => !open && onClose()}
      width={520}
    >
      {entity && (
        <>
          <DialogHeader>
            {t('pages.initiative.exempt.title', {
              entity: entity.entityTitle ?? entity.entityRef,
            })}
          </DialogHeader>
          <ExemptForm {...props} entity={entity} />
        </>
      )}
    </Dialog>
  );
}

function ExemptForm(props: {
  entity: InitiativeEntity;
  onClose(): void;
  onExempt(request: InitiativeExemptionRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayIn(30));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const inTime = until > dayIn(0);
  const ready = inTime && reason.trim().length >= 3;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onExempt({
        entityRef: props.entity.entityRef,
        reason: reason.trim(),
        expiresAt: DateTime.fromISO(until).endOf('day').toUTC().toISO()!,
      });
    } catch (problem) {
      setError(reasonOf(problem));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit}>
      <DialogBody>
        <div className={styles.form}>
          <p>{t('pages.initiative.exempt.intro')}</p>
          <TextAreaField
            label={t('pages.initiative.exempt.reason')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
            isRequired
          />
          <DayField
            label={t('pages.initiative.exempt.until')}
            value={until}
            min={dayIn(1)}
            onChange={setUntil}
          />
          {!inTime && <p role="alert">{t('pages.initiative.exempt.past')}</p>}
          {error && (
            <Alert
              role="alert"
              status="danger"
              icon
              title={t('pages.initiative.form.failed')}
              description={error.message}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          {t('pages.initiative.form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          isDisabled={!ready}
          isPending={busy}
        >
          {t('pages.initiative.exempt.confirm')}
        </Button>
      </DialogFooter>
    </form>
  );
}

function dayIn(days: number): string {
  return DateTime.now().plus({ days }).toISODate()!;
}
