import { Button } from '@backstage/ui';
import {
  CopyBlock,
  EntityName,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useState } from 'react';
import { DataTable } from '../../screen/DataTable';
import type { Column } from '../../screen/DataTable';
import { useShare } from '../../screen/useShare';
import { usePagesTranslation } from '../../usePagesTranslation';
import { claimPatch } from './claimPatch';
import type { FoundItem } from './unclaimed';
import screen from '../../screen/Screen.module.css';
import styles from './Discovery.module.css';

const many = 100;

type Row = FoundItem & { slo: string; key: string };

/**
 * SLOs without a component, each with the reason, and for those that one can
 * claim what to write.
 *
 * @internal
 */
export function FoundTable(props: {
  slos: ReadonlyArray<FoundItem & { slo: string }>;
}) {
  const { t } = usePagesTranslation();
  const share = useShare();
  const [opened, setOpened] = useState<string>();
  const [all, setAll] = useState(false);
  // One server may record several of one name: only their place tells them apart.
  const rows = props.slos.map(
    (slo, index): Row => ({ ...slo, key: `${index}` }),
  );
  // What no server told is no column of blanks.
  const empty = new Set<string | false>([
    !rows.some(({ component }) => component) && 'component',
    !rows.some(({ selector }) => selector) && 'next',
  ]);
  const columns: Column<Row>[] = [
    {
      id: 'slo',
      header: t('pages.slo.discovery.slo'),
      width: '32%',
      cell: ({ slo, objective, place, discoveredBy }) => (
        <div className={screen.stack}>
          <span className={`${screen.strong} ${screen.ref}`}>{slo}</span>
          <span className={screen.small}>
            {[
              objective !== undefined && share(objective),
              place ?? discoveredBy,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
      ),
    },
    {
      id: 'component',
      header: t('pages.slo.discovery.labels'),
      wideOnly: true,
      cell: ({ component }) =>
        component ? (
          <span className={screen.ref}>{component}</span>
        ) : (
          <span className={screen.muted}>
            {t('pages.slo.discovery.noLabels')}
          </span>
        ),
    },
    {
      id: 'reason',
      header: t('pages.slo.discovery.reason'),
      cell: ({ reason, entityRef }) => (
        <div className={screen.stack}>
          <span className={screen.ref}>{reason}</span>
          {entityRef && (
            <span className={screen.small}>
              {t('pages.slo.discovery.wouldBe')}{' '}
              <EntityName entityRef={entityRef} />
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'next',
      header: t('pages.slo.discovery.next'),
      align: 'end',
      cell: ({ key, slo, selector }) =>
        selector && (
          <Button
            size="small"
            variant="secondary"
            aria-expanded={key === opened}
            aria-label={t(
              key === opened
                ? 'pages.slo.discovery.hideOf'
                : 'pages.slo.discovery.claimOf',
              { slo },
            )}
            onPress={() => setOpened(key === opened ? undefined : key)}
          >
            {t(
              key === opened
                ? 'pages.slo.discovery.hide'
                : 'pages.slo.discovery.claim',
            )}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable<Row>
        caption={t('pages.slo.discovery.caption')}
        rows={all ? rows : rows.slice(0, many)}
        rowKey={({ key }) => key}
        rowName={({ slo }) => slo}
        openKey={opened}
        detail={({ key, selector }) =>
          key === opened &&
          selector && (
            <div className={styles.claim}>
              <CopyBlock
                label={t('pages.slo.discovery.file')}
                text={claimPatch(selector)}
              />
              <p className={screen.small}>
                {t('pages.slo.discovery.claimNote')}
              </p>
            </div>
          )
        }
        columns={columns.filter(({ id }) => !empty.has(id))}
      />
      {!all && rows.length > many && (
        <div className={screen.pager}>
          <Button size="small" variant="secondary" onPress={() => setAll(true)}>
            {t('pages.slo.discovery.all', { count: rows.length })}
          </Button>
        </div>
      )}
    </>
  );
}
