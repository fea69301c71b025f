import { useApi } from '@backstage/core-plugin-api';
import { Alert, Button } from '@backstage/ui';
import {
  ErrorState,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import type {
  SloExclusion,
  SloStatus,
} from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { Panel } from '../../screen/Panel';
import { RowsSkeleton } from '../../screen/RowsSkeleton';
import { useLoaded } from '../../screen/useLoaded';
import { usePagesTranslation } from '../../usePagesTranslation';
import { AddExclusionDialog } from './AddExclusionDialog';
import { EndExclusionDialog } from './EndExclusionDialog';
import { ExclusionItem } from './ExclusionItem';
import screen from '../../screen/Screen.module.css';
import styles from './Exclusion.module.css';

/**
 * The time that does not count for an SLO: what is planned, what was, who said
 * so and why; and how to add some or to end it.
 *
 * @internal
 */
export function ExclusionsPanel(props: {
  status: SloStatus;
  /** The figures are others now. */
  onChange(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { entityRef, slo } = props.status;
  const { value, error, retry } = useLoaded({
    key: `${entityRef} ${slo}`,
    load: () => api.listSloExclusions(entityRef, slo),
  });
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<SloExclusion>();
  // What is not quite as it was asked for.
  const [remarks, setRemarks] = useState<string[]>([]);
  const changed = (warnings: string[] = []) => {
    setRemarks(warnings);
    setAdding(false);
    setEnding(undefined);
    retry();
    props.onChange();
  };

  return (
    <Panel
      title={t('pages.slo.exclusion.title')}
      note={t('pages.slo.exclusion.note')}
      actions={
        value?.mayChange && (
          <Button variant="secondary" onPress={() => setAdding(true)}>
            {t('pages.slo.exclusion.add')}
          </Button>
        )
      }
    >
      {error && (
        <ErrorState
          title={t('pages.slo.exclusion.error')}
          error={error}
          retry={retry}
        />
      )}
      {remarks.map(remark => (
        <Alert
          key={remark}
          role="status"
          status="warning"
          icon
          title={remark}
        />
      ))}
      {!value && !error && <RowsSkeleton rows={2} height={40} />}
      {value?.items.length === 0 && (
        <p className={screen.muted}>{t('pages.slo.exclusion.none')}</p>
      )}
      {value && value.items.length > 0 && (
        <ul className={styles.list}>
          {value.items.map(exclusion => (
            <ExclusionItem
              key={exclusion.id}
              exclusion={exclusion}
              onEnd={
                value.mayChange && !exclusion.withdrawn
                  ? () => setEnding(exclusion)
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      {adding && (
        <AddExclusionDialog
          onClose={() => setAdding(false)}
          onAdd={async request => {
            const { warnings } = await api.addSloExclusion(
              entityRef,
              slo,
              request,
            );
            changed(warnings);
          }}
        />
      )}
      {ending && (
        <EndExclusionDialog
          exclusion={ending}
          onClose={() => setEnding(undefined)}
          onEnd={async end => {
            await api.endSloExclusion(entityRef, slo, ending.id, end);
            changed();
          }}
        />
      )}
    </Panel>
  );
}
