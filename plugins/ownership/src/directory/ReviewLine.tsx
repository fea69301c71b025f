import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
  RelativeTime,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

/**
 * When the contract was last reviewed and is due again; who may, confirms it
 * with one click.
 *
 * @internal
 */
export function ReviewLine(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { review, contractStatus, may, state } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (contractStatus !== 'valid') {
    return null;
  }
  const words = () => {
    if (!review?.reviewedAt) {
      return t('directory.card.neverReviewed');
    }
    return (
      <>
        {t('directory.card.reviewed')}
        <RelativeTime value={review.reviewedAt} />
        {review.dueAt && (
          <span
            className={
              review.overdue
                ? `${styles.toned} ${toneClass('warning')}`
                : undefined
            }
          >
            {t(
              review.overdue ? 'directory.card.overdue' : 'directory.card.due',
            )}
            <RelativeTime value={review.dueAt} />
          </span>
        )}
      </>
    );
  };
  return (
    <div className={`${card.row} ${card.spread}`}>
      <span className={card.muted}>{words()}</span>
      {may.attest && state !== 'orphaned' && <Confirm {...props} />}
    </div>
  );
}

function Confirm(props: { ownership: EntityOwnership; reload(): void }) {
  const { ownership, reload } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    try {
      await api.attest(ownership.entityRef);
      setOutcome(t('directory.card.confirmed'));
      reload();
    } catch (error) {
      const reason = reasonOf(error).message;
      setOutcome(t('directory.card.confirmFailed', { reason }));
    }
    setBusy(false);
  };
  return (
    <span className={card.actions}>
      <TooltipTrigger>
        <Button
          size="small"
          variant="secondary"
          isPending={busy}
          onPress={confirm}
        >
          {t('directory.card.confirm')}
        </Button>
        <Tooltip>{t('directory.card.confirmHint')}</Tooltip>
      </TooltipTrigger>
      <span role="status" className={card.small}>
        {outcome}
      </span>
    </span>
  );
}
