import {
  PolicyActionText,
  SafeLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useShare } from '../../screen/useShare';
import { Panel } from '../../screen/Panel';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

/**
 * What the team has agreed to do now, and where it is written how.
 *
 * @internal
 */
export function NextStepsPanel(props: { detail: SloDetail }) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const { policyActions, runbooks, status } = props.detail;
  return (
    <Panel title={t('pages.slo.detail.policy')}>
      {policyActions.length === 0 ? (
        <p className={screen.muted}>
          {t(
            status.budget
              ? 'pages.slo.detail.policyNone'
              : 'pages.slo.detail.policyUnknown',
          )}
        </p>
      ) : (
        <ul className={screen.plainList}>
          {policyActions.map((action, index) => (
            <li key={index} className={styles.action}>
              <PolicyActionText action={action} />
              <div className={screen.small}>
                {t('pages.slo.detail.policyBelow', {
                  share: share(action.remainingBelow),
                })}
              </div>
            </li>
          ))}
        </ul>
      )}
      <h3 className={styles.subtitle}>{t('pages.slo.detail.runbooks')}</h3>
      {runbooks.length === 0 ? (
        <p className={screen.muted}>{t('pages.slo.detail.runbooksNone')}</p>
      ) : (
        <ul className={screen.plainList}>
          {runbooks.map(runbook => (
            <li key={runbook.id} className={styles.action}>
              <SafeLink href={runbook.url}>{runbook.title}</SafeLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
