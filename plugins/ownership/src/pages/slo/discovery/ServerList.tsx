import { Alert } from '@backstage/ui';
import { RelativeTime } from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDiscovery } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from './Discovery.module.css';

/**
 * Where was looked, when, and what came of it.
 *
 * @internal
 */
export function ServerList(props: { servers: SloDiscovery['items'] }) {
  const { t } = usePagesTranslation();
  return (
    <ul
      className={`${screen.plainList} ${styles.servers}`}
      aria-label={t('pages.slo.discovery.servers')}
    >
      {props.servers.map(server => {
        const { discoveredBy, lookedAt, assigned, unassigned, error } = server;
        return (
          <li key={discoveredBy} className={styles.server}>
            <span className={screen.inline}>
              <strong className={screen.ref}>{discoveredBy}</strong>
              <span className={screen.muted}>
                {lookedAt ? (
                  <>
                    {t('pages.slo.discovery.looked')}{' '}
                    <RelativeTime value={lookedAt} />
                    {assigned !== undefined &&
                      ` · ${t('pages.slo.discovery.assigned', {
                        count: assigned,
                      })}`}
                    {` · ${t('pages.slo.discovery.left', {
                      count: unassigned.length,
                    })}`}
                  </>
                ) : (
                  t('pages.slo.discovery.never')
                )}
              </span>
            </span>
            {error && (
              <Alert
                role="alert"
                status="warning"
                icon
                title={t('pages.slo.discovery.failed', {
                  server: discoveredBy,
                })}
                description={
                  lookedAt
                    ? t('pages.slo.discovery.failedNext', {
                        reason: /[.!?]$/.test(error) ? error : `${error}.`,
                      })
                    : error
                }
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
