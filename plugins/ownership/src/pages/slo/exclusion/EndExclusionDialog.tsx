import { TextField } from '@backstage/ui';
import type { SloExclusion } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { FormDialog } from '../../screen/FormDialog';
import { usePagesTranslation } from '../../usePagesTranslation';
import styles from './Exclusion.module.css';

/**
 * Asks why an exclusion ends, and whether the time it took counts again. One
 * that is over can only count again.
 *
 * @internal
 */
export function EndExclusionDialog(props: {
  exclusion: SloExclusion;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onEnd(end: { reason: string; scope: 'future' | 'all' }): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { state } = props.exclusion;
  const past = state === 'over' || state === 'ended';
  const [reason, setReason] = useState('');
  const [all, setAll] = useState(past);
  return (
    <FormDialog
      title={t('pages.slo.exclusion.endTitle', {
        reason: props.exclusion.reason,
      })}
      confirm={t('pages.slo.exclusion.end')}
      failed={t('pages.slo.exclusion.endFailed')}
      ready={reason.trim().length > 0}
      onClose={props.onClose}
      onSubmit={() =>
        props.onEnd({ reason: reason.trim(), scope: all ? 'all' : 'future' })
      }
    >
      <p>{t('pages.slo.exclusion.endNote')}</p>
      <TextField
        label={t('pages.slo.exclusion.endReason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        isRequired
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={all}
          disabled={past}
          onChange={event => setAll(event.target.checked)}
        />
        {t('pages.slo.exclusion.all')}
      </label>
    </FormDialog>
  );
}
