import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, TextField } from '@backstage/ui';
import type { HandoverDetail } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Handover.module.css';

/** The step that takes it further first. */
const ACTIONS = ['accept', 'complete', 'decline', 'cancel'] as const;

/**
 * What the reader may do with the handover now, with a word to the other team.
 * Nothing for those who may only watch.
 *
 * @internal
 */
export function HandoverActions(props: {
  handover: HandoverDetail;
  onChange(handover: HandoverDetail): void;
}) {
  const { handover, onChange } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const possible = ACTIONS.filter(action => handover.may[action]);
  if (possible.length === 0) {
    return null;
  }
  const act = async (action: (typeof ACTIONS)[number]) => {
    setBusy(action);
    setProblem(undefined);
    try {
      const after = await api.answerHandover(handover.id, action, {
        comment: comment.trim() || undefined,
      });
      setComment('');
      onChange(after);
    } catch (error) {
      const reason = reasonOf(error).message;
      setProblem(t('handover.action.failed', { reason }));
    }
    setBusy(undefined);
  };
  return (
    <div className={styles.body}>
      <TextField
        label={t('handover.action.comment')}
        value={comment}
        onChange={setComment}
        maxLength={2000}
      />
      <div className={card.actions}>
        {possible.map(action => (
          <Button
            key={action}
            size="small"
            variant={
              action === 'accept' || action === 'complete'
                ? 'primary'
                : 'secondary'
            }
            isPending={busy === action}
            isDisabled={busy !== undefined && busy !== action}
            onPress={() => act(action)}
          >
            {t(`handover.action.${action}`)}
          </Button>
        ))}
      </div>
      {problem && (
        <p role="alert" className={`${styles.reason} ${toneClass('bad')}`}>
          {problem}
        </p>
      )}
    </div>
  );
}
