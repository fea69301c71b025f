import { useApi } from '@backstage/core-plugin-api';
import { Alert, Button, TextAreaField } from '@backstage/ui';
import {
  ErrorState,
  ownershipApiRef,
  reasonOf,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Scorecard,
  ScorecardDryRun,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { useLoaded } from '../screen/useLoaded';
import { usePagesTranslation } from '../usePagesTranslation';
import { DryRunResult } from './DryRunResult';
import styles from './Scorecard.module.css';

/**
 * Changes a scorecard to see who would move, without changing anything.
 *
 * @internal
 */
export function DryRunPanel(props: { scorecard: Scorecard }) {
  const { t } = usePagesTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={t('pages.scorecard.dryRun.title')}
      note={t('pages.scorecard.dryRun.note')}
      actions={
        <Button
          size="small"
          variant="secondary"
          aria-expanded={open}
          onPress={() => setOpen(!open)}
        >
          {open
            ? t('pages.scorecard.dryRun.close')
            : t('pages.scorecard.dryRun.open')}
        </Button>
      }
    >
      {open && <DryRunForm scorecard={props.scorecard} />}
    </Panel>
  );
}

function DryRunForm(props: { scorecard: Scorecard }) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { scorecard } = props;
  const definition = useLoaded({
    key: scorecard.id,
    load: () => api.getScorecardDefinition(scorecard.id),
  });
  const [written, setWritten] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const [result, setResult] = useState<ScorecardDryRun>();
  const text = written ?? definition.value?.yaml;

  if (definition.error) {
    return (
      <ErrorState
        title={t('pages.scorecard.dryRun.loadError')}
        error={definition.error}
        retry={definition.retry}
      />
    );
  }
  if (text === undefined) {
    return <RowsSkeleton rows={4} />;
  }
  const run = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setResult(await api.tryScorecard({ scorecard: text }));
    } catch (problem) {
      setResult(undefined);
      setError(reasonOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.dryRun}>
      <TextAreaField
        className={styles.dryRunText}
        label={t('pages.scorecard.dryRun.text')}
        description={t('pages.scorecard.dryRun.hint')}
        value={text}
        onChange={setWritten}
        rows={14}
        maxLength={50_000}
      />
      <div className={styles.dryRunActions}>
        <Button variant="primary" size="small" isPending={busy} onPress={run}>
          {t('pages.scorecard.dryRun.run')}
        </Button>
        <Button
          variant="tertiary"
          size="small"
          isDisabled={written === undefined}
          onPress={() => {
            setWritten(undefined);
            setResult(undefined);
            setError(undefined);
          }}
        >
          {t('pages.scorecard.dryRun.reset')}
        </Button>
      </div>
      <div role="status">
        {error && (
          <Alert
            status="danger"
            icon
            title={t('pages.scorecard.dryRun.invalid')}
            description={error.message}
          />
        )}
        {result && <DryRunResult before={scorecard} result={result} />}
      </div>
    </div>
  );
}
