import { useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import {
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import styles from './Overview.module.css';

/**
 * States for all selected components at once that their contracts are still
 * right, and says which could not be confirmed and why.
 *
 * @internal
 */
export function AttestBar(props: {
  selected: ReadonlySet<string>;
  /** What could not be confirmed stays selected. */
  onDone(failed: Set<string>): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { selected, onDone } = props;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string>();
  const count = selected.size;
  if (count === 0 && !outcome) {
    return null;
  }

  const attest = async () => {
    setBusy(true);
    setOutcome(undefined);
    try {
      const { items, done } = await api.attestAll({
        entityRefs: [...selected],
      });
      const failed = items.filter(item => item.outcome === 'failed');
      setOutcome(
        [
          done > 0 && t('pages.overview.attest.done', { count: done }),
          failed.length > 0 &&
            t('pages.overview.attest.failed', {
              count: failed.length,
              reason: failed[0].error ?? '',
            }),
        ]
          .filter(Boolean)
          .join(' '),
      );
      onDone(new Set(failed.map(({ entityRef }) => entityRef)));
    } catch (error) {
      const reason = reasonOf(error).message;
      setOutcome(t('pages.overview.attest.failed', { count, reason }));
    }
    setBusy(false);
  };

  return (
    <div
      className={styles.attestBar}
      role="group"
      aria-label={t('pages.overview.attest.label')}
    >
      {count > 0 && (
        <>
          <strong>{t('pages.overview.attest.selected', { count })}</strong>
          <Button
            size="small"
            variant="secondary"
            isPending={busy}
            onPress={attest}
          >
            {t('pages.overview.attest.confirm')}
          </Button>
        </>
      )}
      <span role="status">{outcome}</span>
    </div>
  );
}
