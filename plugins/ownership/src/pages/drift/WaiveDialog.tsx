import { Button, TextAreaField } from '@backstage/ui';
import type { WaiverRequest } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { DateField } from '../screen/DateField';
import { dayIn, endOfDay, isValid } from '../screen/days';
import { FormDialog } from '../screen/FormDialog';
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
  /** Whether somebody else has to agree. */
  needsApproval?: boolean;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onWaive(request: WaiverRequest): Promise<void>;
}) {
  return props.count > 0 ? <WaiveForm {...props} /> : null;
}

function WaiveForm(props: {
  count: number;
  needsApproval?: boolean;
  onClose(): void;
  onWaive(request: WaiverRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { count, needsApproval } = props;
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayIn(30));
  const end = endOfDay(until);
  const inTime = isValid(end) && until > dayIn(0);

  return (
    <FormDialog
      title={t(
        needsApproval ? 'pages.drift.waive.ask' : 'pages.drift.waive.title',
        { count },
      )}
      confirm={t(
        needsApproval
          ? 'pages.drift.waive.confirmAsk'
          : 'pages.drift.waive.confirm',
      )}
      failed={t('pages.drift.waive.failed')}
      ready={inTime && reason.trim().length >= shortestReason}
      onClose={props.onClose}
      onSubmit={() =>
        props.onWaive({
          reason: reason.trim(),
          expiresAt: end.toISOString(),
        })
      }
    >
      <p>{t('pages.drift.waive.intro')}</p>
      {needsApproval && <p>{t('pages.drift.waive.approval')}</p>}
      <TextAreaField
        label={t('pages.drift.waive.reason')}
        description={t('pages.drift.waive.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        isRequired
      />
      <DateField
        label={t('pages.drift.waive.until')}
        value={until}
        min={dayIn(1)}
        onChange={setUntil}
        isRequired
      />
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
    </FormDialog>
  );
}
