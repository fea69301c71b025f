import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  EmptyState,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { ownershipTranslationRef } from '../translation';
import styles from './Runbook.module.css';
import { RunbookRow } from './RunbookRow';
import { useAreaWord } from './useAreaWord';

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
  return (
    <OwnershipFrame
      title={t('runbook.card.title')}
      errorTitle={t('runbook.card.errorTitle')}
      skeleton={[{ height: 44 }, { height: 44 }]}
    >
      {ownership =>
        ownership.runbooks.length + ownership.uncoveredAreas.length === 0 ? (
          <EmptyState
            title={t('runbook.card.emptyTitle')}
            description={t('runbook.card.emptyNext')}
            action={
              <CopyBlock label={t('runbook.card.emptyCopy')} text={example} />
            }
          />
        ) : (
          <Rows ownership={ownership} />
        )
      }
    </OwnershipFrame>
  );
}

function Rows(props: { ownership: EntityOwnership }) {
  const { entityRef, runbooks, uncoveredAreas } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const areaWord = useAreaWord();
  return (
    <ul className={`${card.plainList} ${card.divided}`}>
      {runbooks.map(runbook => (
        <li key={`${runbook.id} ${runbook.url}`}>
          <RunbookRow entityRef={entityRef} runbook={runbook} />
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
