import { useApi } from '@backstage/core-plugin-api';
import { Alert, Button, TextAreaField } from '@backstage/ui';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { RuleDryRun } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { Panel } from '../../screen/Panel';
import { usePagesTranslation } from '../../usePagesTranslation';
import { useAct } from '../../screen/useAct';
import { RuleDryRunOutcome } from './RuleDryRunOutcome';
import screen from '../../screen/Screen.module.css';
import styles from './Rules.module.css';

const EXAMPLE = `rules:
  contract-missing: { severity: medium }
customRules:
  - id: pager-missing
    title: No pager is connected
    severity: medium
    appliesTo: { kind: Component, spec.type: service }
    failsWhen:
      metadata.annotations.pagerduty.com/integration-key: { $exists: false }
    message: '{{ metadata.name }} has no pager'
`;

/**
 * Tries a pasted change of the rules and shows what it would do.
 *
 * @internal
 */
export function RuleDryRunPanel() {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { act, busy, error } = useAct();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<RuleDryRun>();
  const run = () =>
    act(async () => {
      setAnswer(undefined);
      setAnswer(await api.dryRunRules({ text }));
    });

  return (
    <Panel
      title={t('pages.drift.rules.tryOut.title')}
      note={t('pages.drift.rules.tryOut.note')}
    >
      <div className={screen.stack}>
        <TextAreaField
          className={styles.yaml}
          label={t('pages.drift.rules.tryOut.label')}
          description={t('pages.drift.rules.tryOut.hint')}
          placeholder={EXAMPLE}
          rows={8}
          value={text}
          onChange={setText}
          maxLength={200_000}
        />
        <div>
          <Button
            variant="secondary"
            isDisabled={text.trim() === ''}
            isPending={busy}
            onPress={run}
          >
            {t('pages.drift.rules.tryOut.run')}
          </Button>
        </div>
        {error && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('pages.drift.rules.tryOut.failed')}
            description={error.message}
          />
        )}
        {answer && answer.problems.length > 0 && (
          <div role="alert">
            <h3 className={styles.title}>
              {t('pages.drift.rules.tryOut.problems')}
            </h3>
            <ul className={styles.problems}>
              {answer.problems.map(({ path, message, line }) => (
                <li key={`${path} ${message}`}>
                  {path && <span className={screen.code}>{path}</span>}{' '}
                  {message}
                  {line !== undefined && (
                    <span className={screen.muted}>
                      {` (${t('pages.drift.rules.tryOut.line', { line })})`}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
        {answer?.outcome && <RuleDryRunOutcome outcome={answer.outcome} />}
      </div>
    </Panel>
  );
}
