import { OwnerName } from '../screen/OwnerName';
import {
  ErrorState,
  RelativeTime,
  StateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Tombstone } from '@service-ownership/backstage-plugin-ownership-common';
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { DataTable } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { TableDownload } from '../screen/TableDownload';
import { usePagesTranslation } from '../usePagesTranslation';
import { useTombstones } from './useDriftReport';
import screen from '../screen/Screen.module.css';

const few = 5;
const many = 100;

/**
 * Components that left the catalog. Says nothing where none did.
 *
 * @internal
 */
export function TombstonePanel(props: { version: number }) {
  const { t } = usePagesTranslation();
  const [limit, setLimit] = useState(few);
  const { value, error, loading, retry } = useTombstones({
    limit,
    version: props.version,
  });
  if (!error && (!value || value.items.length === 0)) {
    return null;
  }
  return (
    <Panel
      title={t('pages.drift.tombstones.title')}
      note={t('pages.drift.tombstones.note')}
      flush={!error}
      actions={
        <>
          {limit === few && value && value.totalItems > few && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => setLimit(many)}
            >
              {t('pages.drift.tombstones.all', { count: value.totalItems })}
            </Button>
          )}
          <TableDownload
            table={t('pages.drift.tombstones.title')}
            path="/drift/tombstones"
          />
        </>
      }
    >
      {error ? (
        <ErrorState error={error} retry={retry} />
      ) : (
        <DataTable<Tombstone>
          caption={t('pages.drift.tombstones.caption')}
          rows={value?.items ?? []}
          rowKey={item => `${item.entityRef} ${item.removedAt}`}
          rowName={item => item.title ?? item.entityRef}
          stale={loading}
          columns={[
            {
              id: 'component',
              header: t('pages.drift.tombstones.component'),
              // Not a link: it is gone.
              cell: item => (
                <div className={screen.stack}>
                  <span>{item.title ?? item.entityRef}</span>
                  <span className={screen.small}>{item.entityRef}</span>
                </div>
              ),
            },
            {
              id: 'owner',
              header: t('pages.drift.tombstones.owner'),
              cell: item => <OwnerName refs={item.ownerRefs} />,
            },
            {
              id: 'state',
              header: t('pages.drift.tombstones.state'),
              wideOnly: true,
              cell: item => <StateLabel state={item.state} />,
            },
            {
              id: 'findings',
              header: t('pages.drift.tombstones.findings'),
              align: 'end',
              wideOnly: true,
              cell: item => item.openFindings,
            },
            {
              id: 'removed',
              header: t('pages.drift.tombstones.removed'),
              cell: item => (
                <div className={screen.stack}>
                  <RelativeTime value={item.removedAt} />
                  {item.removedBy && (
                    <span className={screen.small}>{item.removedBy}</span>
                  )}
                </div>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
