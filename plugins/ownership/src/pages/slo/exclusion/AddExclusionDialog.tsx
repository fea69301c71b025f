import { Select, TextField } from '@backstage/ui';
import type { ExclusionRequest } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { DateField } from '../../screen/DateField';
import { dayOf } from '../../screen/days';
import { FormDialog } from '../../screen/FormDialog';
import { usePagesTranslation } from '../../usePagesTranslation';
import styles from './Exclusion.module.css';

const repeats = {
  once: undefined,
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
} as const;

type Repeat = keyof typeof repeats;

/**
 * Asks which time shall not count, and why. The start says on which day and at
 * which time one that comes again does so.
 *
 * @internal
 */
export function AddExclusionDialog(props: {
  onClose(): void;
  /** Rejects with what the reader should know. */
  onAdd(request: ExclusionRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(() => local(1));
  const [to, setTo] = useState(() => local(2));
  const [repeat, setRepeat] = useState<Repeat>('once');
  const start = new Date(from);
  const end = new Date(to);
  const inOrder = end > start;
  const rrule = repeats[repeat];
  const request = (): ExclusionRequest => ({
    reason: reason.trim(),
    from: start.toISOString(),
    ...(rrule
      ? {
          rrule,
          durationSeconds: Math.round((end.getTime() - start.getTime()) / 1000),
          timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        }
      : { to: end.toISOString() }),
  });
  return (
    <FormDialog
      title={t('pages.slo.exclusion.addTitle')}
      confirm={t('pages.slo.exclusion.confirm')}
      failed={t('pages.slo.exclusion.failed')}
      ready={inOrder && reason.trim().length > 0}
      onClose={props.onClose}
      onSubmit={() => props.onAdd(request())}
    >
      <p>{t('pages.slo.exclusion.addNote')}</p>
      <TextField
        label={t('pages.slo.exclusion.reason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        isRequired
      />
      <div className={styles.moments}>
        <DateField
          withTime
          isRequired
          label={t('pages.slo.exclusion.from')}
          value={from}
          onChange={setFrom}
        />
        <DateField
          withTime
          isRequired
          label={t('pages.slo.exclusion.to')}
          value={to}
          onChange={setTo}
        />
      </div>
      {!inOrder && <p role="alert">{t('pages.slo.exclusion.order')}</p>}
      <Select
        label={t('pages.slo.exclusion.repeat')}
        value={repeat}
        onChange={key => setRepeat(key as Repeat)}
        options={(Object.keys(repeats) as Repeat[]).map(id => ({
          id,
          label: t(`pages.slo.exclusion.repeats.${id}`),
        }))}
      />
    </FormDialog>
  );
}

/** A full hour from now on, as the input writes it. */
function local(hours: number): string {
  const moment = new Date();
  moment.setHours(moment.getHours() + hours);
  return `${dayOf(moment)}T${String(moment.getHours()).padStart(2, '0')}:00`;
}
