import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  EntityOwnership,
  Runbook,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  EmptyState,
} from '@service-ownership/backstage-plugin-ownership-react';
import { lazy, Suspense, useState } from 'react';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { ownershipTranslationRef } from '../translation';
import styles from './Runbook.module.css';
import { RunbookRow } from './RunbookRow';
import { useAreaWord } from './useAreaWord';

const RunbookDialog = lazy(() =>
  import('./RunbookDialog').then(m => ({ default: m.RunbookDialog })),
);

const example = `runbooks:
  - id: incident
    title: When it breaks
    url: docs/runbooks/incident.md
    covers: [incident]
`;

/**
 * The runbooks of the entity, each one click away, and the areas none covers.
 *
 * @internal
 */
export function RunbooksCard() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [reading, setReading] = useState<Runbook>();
  return (
    <OwnershipFrame
      title={t('runbook.card.title')}
      errorTitle={t('runbook.card.errorTitle')}
      skeleton={[{ height: 44 }, { height: 44 }]}
    >
      {ownership => (
        <>
          {ownership.runbooks.length + ownership.uncoveredAreas.length === 0 ? (
            <EmptyState
              title={t('runbook.card.emptyTitle')}
              description={t('runbook.card.emptyNext')}
              action={
                <CopyBlock label={t('runbook.card.emptyCopy')} text={example} />
              }
            />
          ) : (
            <Rows ownership={ownership} onRead={setReading} />
          )}
          {reading && (
            <Suspense fallback={null}>
              <RunbookDialog
                entityRef={ownership.entityRef}
                runbook={reading}
                onClose={() => setReading(undefined)}
              />
            </Suspense>
          )}
        </>
      )}
    </OwnershipFrame>
  );
}

function Rows(props: {
  ownership: EntityOwnership;
  onRead(runbook: Runbook): void;
}) {
  const { runbooks, uncoveredAreas } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const areaWord = useAreaWord();
  return (
    <ul className={`${card.plainList} ${card.divided}`}>
      {runbooks.map(runbook => (
        <li key={`${runbook.id} ${runbook.url}`}>
          <RunbookRow runbook={runbook} onRead={() => props.onRead(runbook)} />
        </li>
      ))}
      {uncoveredAreas.map(area => (
        <li key={area} className={styles.uncovered}>
          <span className={styles.area}>{areaWord(area)}</span>
          <span>{t('runbook.card.uncovered')}</span>
        </li>
      ))}
    </ul>
  );
}
