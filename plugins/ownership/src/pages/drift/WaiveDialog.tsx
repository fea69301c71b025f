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
import type { WaiverRequest } from '@service-ownership/backstage-plugin-ownership-common';
import { DateTime } from 'luxon';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Drift.module.css';

const presets = [14, 30, 90];
const shortestReason = 3;

/**
 * Asks why, and until when. The waiver ends with the chosen day, in the
 * reader's zone.
 *
 * @internal
 */
export function WaiveDialog(props: {
  /** Number of findings; the dialog is open when it is above 0. */
  count: number;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onWaive(request: WaiverRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  return (
    <Dialog
      isOpen={props.count > 0}
      onOpenChange={open => !open && props.onClose()}
      width={520}
    >
      <DialogHeader>
        {t('pages.drift.waive.title', { count: props.count })}
      </DialogHeader>
      <WaiveForm {...props} />
    </Dialog>
  );
}

function WaiveForm(props: {
  onClose(): void;
  onWaive(request: WaiverRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayIn(30));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const end = DateTime.fromISO(until).endOf('day');
  const inTime = end.isValid && until > dayIn(0);
  const ready = inTime && reason.trim().length >= shortestReason;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onWaive({
        reason: reason.trim(),
        expiresAt: end.toUTC().toISO()!,
      });
    } catch (problem) {
      setError(reasonOf(problem));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={submit}>
      <DialogBody>
        <div className={styles.waiveForm}>
          <p>{t('pages.drift.waive.intro')}</p>
          <TextAreaField
            label={t('pages.drift.waive.reason')}
            description={t('pages.drift.waive.reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
            isRequired
          />
          <label className={styles.field}>
            {t('pages.drift.waive.until')}
            <input
              type="date"
              className={styles.date}
              value={until}
              min={dayIn(1)}
              onChange={event => setUntil(event.target.value)}
              required
            />
          </label>
          <div className={styles.presets}>
            {presets.map(days => (
              <Button
                key={days}
                size="small"
                variant={until === dayIn(days) ? 'secondary' : 'tertiary'}
                onPress={() => setUntil(dayIn(days))}
              >
                {t('pages.drift.waive.days', { days })}
              </Button>
            ))}
          </div>
          {!inTime && <p role="alert">{t('pages.drift.waive.past')}</p>}
          {error && (
            <Alert
              role="alert"
              status="danger"
              icon
              title={t('pages.drift.waive.failed')}
              description={error.message}
            />
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          {t('pages.drift.waive.cancel')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          isDisabled={!ready}
          isPending={busy}
        >
          {t('pages.drift.waive.confirm')}
        </Button>
      </DialogFooter>
    </form>
  );
}

function dayIn(days: number): string {
  return DateTime.now().plus({ days }).toISODate()!;
}
