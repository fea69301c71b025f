import { TextAreaField } from '@backstage/ui';
import type { AssignmentRequest } from '@service-ownership/backstage-plugin-ownership-common';
import { useId, useState } from 'react';
import { useTeams } from '../screen/TeamsProvider';
import { usePagesTranslation } from '../usePagesTranslation';
import { FormDialog } from '../screen/FormDialog';
import styles from './Drift.module.css';

/**
 * Assigns findings to a team or a person, or to nobody again.
 *
 * @internal
 */
export function AssignDialog(props: {
  count: number;
  /** Who has it now, empty for nobody; absent where it is not known. */
  assignee?: string;
  onClose(): void;
  /** Rejects with what the reader should know. */
  onAssign(request: AssignmentRequest): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { count } = props;
  const teams = useTeams();
  const list = useId();
  const [assignee, setAssignee] = useState(props.assignee ?? '');
  const [comment, setComment] = useState('');
  return (
    <FormDialog
      title={t('pages.drift.assign.title', { count })}
      confirm={t(
        assignee.trim() || props.assignee === ''
          ? 'pages.drift.assign.confirm'
          : 'pages.drift.assign.nobody',
      )}
      failed={t('pages.drift.detail.actionFailed')}
      ready={assignee.trim() !== props.assignee}
      onClose={props.onClose}
      onSubmit={() =>
        props.onAssign({
          assignee: assignee.trim() || undefined,
          comment: comment.trim() || undefined,
        })
      }
    >
      <label className={styles.field}>
        {t('pages.drift.assign.to')}
        <input
          className={styles.textInput}
          list={list}
          value={assignee}
          maxLength={300}
          placeholder="group:default/payments"
          onChange={event => setAssignee(event.target.value)}
        />
        <span className={styles.hint}>{t('pages.drift.assign.hint')}</span>
      </label>
      <datalist id={list}>
        {teams.map(({ ref, title }) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </datalist>
      <TextAreaField
        label={t('pages.drift.assign.comment')}
        value={comment}
        onChange={setComment}
        maxLength={2000}
      />
    </FormDialog>
  );
}
