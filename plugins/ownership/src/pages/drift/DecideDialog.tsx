import { TextAreaField } from '@backstage/ui';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import { FormDialog } from '../screen/FormDialog';

const shortestReason = 3;

/**
 * Approves or rejects a waiver somebody asked for. Who rejects says why.
 *
 * @internal
 */
export function DecideDialog(props: {
  decision: 'approve' | 'reject';
  onClose(): void;
  /** Rejects with what the reader should know. */
  onDecide(comment: string): Promise<void>;
}) {
  const { t } = usePagesTranslation();
  const { decision } = props;
  const [comment, setComment] = useState('');
  const text = comment.trim();
  return (
    <FormDialog
      title={t(`pages.drift.decide.${decision}Title`)}
      confirm={t(`pages.drift.decide.${decision}`)}
      failed={t('pages.drift.detail.actionFailed')}
      ready={decision === 'approve' || text.length >= shortestReason}
      onClose={props.onClose}
      onSubmit={() => props.onDecide(text)}
    >
      <p>{t(`pages.drift.decide.${decision}Intro`)}</p>
      <TextAreaField
        label={t('pages.drift.decide.comment')}
        value={comment}
        onChange={setComment}
        maxLength={2000}
        isRequired={decision === 'reject'}
      />
    </FormDialog>
  );
}
