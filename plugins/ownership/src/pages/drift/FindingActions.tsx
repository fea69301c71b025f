import { Alert, Button } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  EntityName,
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { FindingDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Drift.module.css';

/**
 * What can be done with one finding.
 *
 * @internal
 */
export function FindingActions(props: {
  finding: FindingDetail;
  onWaive(): void;
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { finding } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const act = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await action();
      props.onChanged();
    } catch (problem) {
      setError(reasonOf(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <footer className={styles.drawerActions}>
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('pages.drift.detail.actionFailed')}
          description={error.message}
        />
      )}
      {finding.state === 'waived' ? (
        <Button
          variant="secondary"
          isDisabled={busy}
          onPress={() => act(() => api.withdrawWaiver(finding.id))}
        >
          {t('pages.drift.detail.withdraw')}
        </Button>
      ) : (
        <Button variant="secondary" isDisabled={busy} onPress={props.onWaive}>
          {t('pages.drift.detail.waive')}
        </Button>
      )}
      {finding.state === 'open' && (
        <Button
          variant="primary"
          isDisabled={busy}
          onPress={() => act(() => api.acknowledgeFinding(finding.id))}
        >
          {t('pages.drift.detail.acknowledge')}
        </Button>
      )}
      {finding.state === 'acknowledged' && finding.acknowledgedBy && (
        <span className={screen.muted}>
          {t('pages.drift.detail.acknowledgedBy')}{' '}
          <EntityName entityRef={finding.acknowledgedBy} />
        </span>
      )}
    </footer>
  );
}
