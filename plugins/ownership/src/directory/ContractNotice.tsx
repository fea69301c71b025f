import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { toneClass } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';

/**
 * Says where the contract is missing or not in use, and leads to its tab.
 * Nothing where the contract is valid.
 *
 * @internal
 */
export function ContractNotice(props: { ownership: EntityOwnership }) {
  const { contractStatus, contractProblems, entityRef } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const entityLink = useEntityRefLink();
  const words = {
    valid: undefined,
    missing: {
      text: t('directory.card.contractMissing'),
      action: t('directory.card.writeContract'),
    },
    invalid: {
      text: t('directory.card.contractInvalid', {
        count: contractProblems.length,
      }),
      action: t('directory.card.seeProblems'),
    },
    duplicate: {
      text: t('directory.card.contractDuplicate'),
      action: t('directory.card.openContract'),
    },
    unreadable: {
      text: t('directory.card.contractUnreadable'),
      action: t('directory.card.openContract'),
    },
  }[contractStatus];
  if (!words) {
    return null;
  }
  const tone = contractStatus === 'missing' ? 'info' : 'warning';
  return (
    <div className={`${card.notice} ${toneClass(tone)}`}>
      <p>
        {words.text}{' '}
        <Link to={`${entityLink(entityRef)}/ownership`}>{words.action}</Link>
      </p>
    </div>
  );
}
