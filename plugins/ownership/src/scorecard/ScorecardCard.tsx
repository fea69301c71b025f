import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EmptyState } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { ownershipTranslationRef } from '../translation';
import { Ladder } from './Ladder';

/**
 * Where the entity stands on each scorecard, and the cheapest step up.
 *
 * @internal
 */
export function ScorecardCard() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <OwnershipFrame
      title={t('scorecard.card.title')}
      errorTitle={t('scorecard.card.errorTitle')}
      skeleton={[{ height: 44 }, { height: 40 }, { height: 20, width: '60%' }]}
    >
      {({ scorecards, checkedAt }) =>
        scorecards.length === 0 ? (
          <EmptyState
            title={t(
              checkedAt
                ? 'scorecard.card.notMeasuredTitle'
                : 'scorecard.card.emptyTitle',
            )}
            description={t(
              checkedAt
                ? 'scorecard.card.notMeasuredNext'
                : 'scorecard.card.emptyNext',
            )}
          />
        ) : (
          <div className={card.divided}>
            {scorecards.map(result => (
              <Ladder key={result.id} result={result} />
            ))}
          </div>
        )
      }
    </OwnershipFrame>
  );
}
