import {
  CopyBlock,
  EmptyState,
  ErrorState,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { SloDiscovery } from '@service-ownership/backstage-plugin-ownership-common';
import { DataTableSkeleton } from '../../screen/DataTable';
import { Panel } from '../../screen/Panel';
import { ScreenLink } from '../../screen/ScreenLink';
import { usePagesTranslation } from '../../usePagesTranslation';
import { FoundTable } from './FoundTable';
import { ServerList } from './ServerList';
import { unclaimed } from './unclaimed';
import { useDiscovery } from './useDiscovery';
import screen from '../../screen/Screen.module.css';
import styles from './Discovery.module.css';

const serverExample = `ownership:
  prometheus:
    servers:
      - name: main
        url: https://prometheus.example.org
        default: true
`;

/**
 * SLOs that somebody records already and that no component has: why, and what
 * to write so that one has it.
 *
 * @internal
 */
export function DiscoveryScreen() {
  const { t } = usePagesTranslation();
  const { value, error, retry } = useDiscovery();
  const problems = value ? unclaimed(value).problems : [];
  return (
    <div className={screen.screen}>
      <ScreenLink to="slos">{t('pages.slo.detail.back')}</ScreenLink>
      <Panel
        title={t('pages.slo.discovery.title')}
        note={t('pages.slo.discovery.note')}
        flush
      >
        {error && (
          <ErrorState
            title={t('pages.slo.discovery.errorTitle')}
            error={error}
            retry={retry}
          />
        )}
        {!value && !error && <DataTableSkeleton columns={4} rows={4} />}
        {value && <Found discovery={value} />}
      </Panel>
      {problems.length > 0 && (
        <Panel
          title={t('pages.slo.discovery.problems')}
          note={t('pages.slo.discovery.problemsNote')}
        >
          <ul className={`${screen.plainList} ${styles.problems}`}>
            {problems.map(({ discoveredBy, reason }) => (
              <li key={`${discoveredBy} ${reason}`}>
                <span className={screen.ref}>{reason}</span>
                <div className={screen.small}>{discoveredBy}</div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Found(props: { discovery: SloDiscovery }) {
  const { t } = usePagesTranslation();
  const { items } = props.discovery;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('pages.slo.discovery.noneTitle')}
        description={t('pages.slo.discovery.noneNext')}
        action={
          <div className={styles.snippet}>
            <CopyBlock label="app-config.yaml" text={serverExample} />
          </div>
        }
      />
    );
  }
  const { slos } = unclaimed(props.discovery);
  const looked = items.some(({ lookedAt }) => lookedAt);
  return (
    <>
      <ServerList servers={items} />
      {slos.length > 0 ? (
        <FoundTable slos={slos} />
      ) : (
        <EmptyState
          title={t(
            looked
              ? 'pages.slo.discovery.emptyTitle'
              : 'pages.slo.discovery.failedTitle',
          )}
          description={t(
            looked
              ? 'pages.slo.discovery.emptyNext'
              : 'pages.slo.discovery.failedEmptyNext',
          )}
          action={
            <ScreenLink to="slos">{t('pages.slo.detail.back')}</ScreenLink>
          }
        />
      )}
    </>
  );
}
