import type { MeasureTotals } from '@service-ownership/backstage-plugin-ownership-common';
import {
  formatShare,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Measure.module.css';

/**
 * How often something new goes out, how often it fails, and what broke.
 *
 * @internal
 */
export function DeliveryPanel(props: {
  totals: MeasureTotals;
  team?: string;
  days: number;
}) {
  const { t } = usePagesTranslation();
  const language = useLanguage();
  const { totals, team, days } = props;
  const { deployments, failures, incidents, openIncidents } = totals;
  const rate = totals.changeFailureRate;
  const figures = [
    {
      show: 'deployments',
      title: t('pages.measure.delivery.deployments'),
      value: String(deployments),
    },
    {
      show: 'failures',
      title: t('pages.measure.delivery.failures'),
      value:
        rate === undefined
          ? t('pages.measure.delivery.unknown')
          : formatShare({ ratio: rate, language }),
      note:
        rate !== undefined &&
        t('pages.measure.delivery.failed', {
          count: failures,
          of: deployments,
        }),
    },
    {
      show: 'incidents',
      title: t('pages.measure.delivery.incidents'),
      value: String(incidents),
    },
    {
      show: 'open-incidents',
      title: t('pages.measure.delivery.open'),
      value: String(openIncidents),
      alarming: openIncidents > 0,
    },
  ];
  return (
    <Panel
      title={t('pages.measure.delivery.title')}
      note={t('pages.measure.delivery.note')}
    >
      {deployments + incidents + openIncidents === 0 ? (
        <p className={screen.muted}>{t('pages.measure.delivery.empty')}</p>
      ) : (
        <ul className={styles.figures}>
          {figures.map(({ show, title, value, note, alarming }) => (
            <li key={show}>
              <ScreenLink
                className={styles.figure}
                data-alarming={alarming || undefined}
                to={linkTo('measures', { show, team, days })}
              >
                <span className={screen.small}>{title}</span>
                <span className={styles.number}>{value}</span>
                {note && <span className={screen.small}>{note}</span>}
              </ScreenLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
