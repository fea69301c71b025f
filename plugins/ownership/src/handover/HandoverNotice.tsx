import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { useHandoverWords } from './useHandoverWords';

/**
 * Says on the card that the component changes hands, and who answers
 * meanwhile. Nothing where it does not.
 *
 * @internal
 */
export function HandoverNotice(props: { ownership: EntityOwnership }) {
  const { handover, entityRef } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const wordsOf = useHandoverWords();
  const entityLink = useEntityRefLink();
  if (!handover) {
    return null;
  }
  return (
    <div
      className={`${card.notice} ${toneClass(
        handover.to.resolves ? 'info' : 'warning',
      )}`}
    >
      <p>
        {wordsOf(handover)}{' '}
        <Link to={`${entityLink(entityRef)}/ownership`}>
          {t('handover.notice.open')}
        </Link>
      </p>
    </div>
  );
}
