import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  ownershipApiRef,
  reasonOf,
  TeamLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { patchFileOf } from '../drift/patchFileOf';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

const SHOWN = 3;

/**
 * Who could take over, how sure that is and why. Who may, agrees or says that
 * it is somebody else; once agreed, the patch stands there until the catalog
 * says the same.
 *
 * @internal
 */
export function OwnerSuggestions(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { ownership, reload } = props;
  const { entityRef, suggestedOwners = [], may } = ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (suggestedOwners.length === 0) {
    return null;
  }

  const answer = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await change();
      reload();
    } catch (error) {
      setProblem(
        t('directory.card.answerFailed', { reason: reasonOf(error).message }),
      );
    }
    setBusy(false);
  };

  return (
    <div className={styles.suggestions}>
      <p className={card.label}>{t('directory.card.suggested')}</p>
      <ul className={card.plainList}>
        {suggestedOwners.slice(0, SHOWN).map(suggestion => {
          const { ref, title, confidence, reason, patch } = suggestion;
          const accepted = suggestion.signals?.includes('accepted') ?? false;
          return (
            <li key={ref}>
              <TeamLink entityRef={ref} title={title} />{' '}
              <span className={card.small}>
                {accepted
                  ? t('directory.card.accepted')
                  : t('directory.card.confidence', {
                      percent: String(Math.round(confidence * 100)),
                    })}
              </span>
              <div className={card.small}>{reason}</div>
              {accepted && patch && (
                <CopyBlock
                  label={t('directory.card.acceptedPatch')}
                  text={patch}
                  fileName={patchFileOf(entityRef)}
                />
              )}
              {may.waive && (
                <div className={card.actions}>
                  {!accepted && (
                    <Button
                      size="small"
                      variant="secondary"
                      isDisabled={busy}
                      aria-label={t('directory.card.acceptOwner', { title })}
                      onPress={() =>
                        answer(() => api.acceptOwner(entityRef, { owner: ref }))
                      }
                    >
                      {t('directory.card.accept')}
                    </Button>
                  )}
                  <Button
                    size="small"
                    variant="tertiary"
                    isDisabled={busy}
                    aria-label={t('directory.card.rejectOwner', { title })}
                    onPress={() =>
                      answer(() => api.rejectOwner(entityRef, { owner: ref }))
                    }
                  >
                    {t('directory.card.reject')}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <span role="status" className={card.small}>
        {problem}
      </span>
    </div>
  );
}
