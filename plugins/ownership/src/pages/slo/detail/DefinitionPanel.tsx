import {
  EntityName,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useDates } from '../../screen/useDates';
import { useShare } from '../../screen/useShare';
import { Panel } from '../../screen/Panel';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from '../Slo.module.css';

/**
 * The SLO as it is written, and how much of its window is known.
 *
 * @internal
 */
export function DefinitionPanel(props: { detail: SloDetail }) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const { status, origin, warnings } = props.detail;
  const { moment: date } = useDates();
  return (
    <Panel title={t('pages.slo.detail.definition')}>
      <dl className={styles.facts}>
        <dt>{t('pages.slo.slo')}</dt>
        <dd className={screen.code}>{status.slo}</dd>
        <dt>{t('pages.slo.detail.method')}</dt>
        <dd>{status.budgetingMethod}</dd>
        <dt>{t('pages.slo.detail.window')}</dt>
        <dd>
          {status.window.duration},{' '}
          {t(`pages.slo.detail.${status.window.type}`)}
          <div className={screen.small}>
            {date(status.window.start)} – {date(status.window.end)}
          </div>
        </dd>
        <dt>{t('pages.slo.detail.coverage')}</dt>
        <dd>
          {t('pages.slo.detail.coverageNote', {
            share: share(status.coverage),
          })}
        </dd>
        <dt>{t('pages.slo.lastData')}</dt>
        <dd>
          {status.lastDataAt ? (
            <RelativeTime value={status.lastDataAt} />
          ) : (
            t('pages.slo.never')
          )}
        </dd>
        <dt>{t('pages.slo.detail.evaluated')}</dt>
        <dd>
          <RelativeTime value={status.evaluatedAt} />
        </dd>
        <dt>
          {t(
            status.discovered
              ? 'pages.slo.detail.discovered'
              : 'pages.slo.detail.writtenIn',
          )}
        </dt>
        <dd>
          <EntityName entityRef={origin.entityRef} />
          <div className={screen.code}>{origin.path}</div>
          {status.discovered && (
            <div className={screen.small}>
              {t('pages.slo.detail.discoveredNote')}
            </div>
          )}
        </dd>
      </dl>
      {warnings.length > 0 && (
        <>
          <h3 className={styles.subtitle}>{t('pages.slo.detail.warnings')}</h3>
          <ul>
            {warnings.map(warning => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
