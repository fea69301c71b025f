import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import card from '../entity/Card.module.css';
import { OwnershipFrame } from '../entity/OwnershipFrame';
import { HandoverNotice } from '../handover/HandoverNotice';
import { ownershipTranslationRef } from '../translation';
import { Contacts } from './Contacts';
import { ContractNotice } from './ContractNotice';
import { Escalation } from './Escalation';
import { OnCallNow } from './OnCallNow';
import { OwnerHeading } from './OwnerHeading';
import { PersonName } from './PersonName';
import { ReviewLine } from './ReviewLine';

/**
 * Who answers for the entity and how to reach them.
 *
 * @internal
 */
export function OwnershipCard() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <OwnershipFrame
      title={t('directory.card.title')}
      errorTitle={t('directory.card.errorTitle')}
      skeleton={[
        { height: 28, width: '60%' },
        { height: 16, width: '40%' },
        { height: 72 },
        { height: 72 },
      ]}
    >
      {(ownership, reload) => (
        <div className={card.stack}>
          <OwnerHeading ownership={ownership} reload={reload} />
          <HandoverNotice ownership={ownership} />
          <ContractNotice ownership={ownership} />
          <People ownership={ownership} />
          <ReviewLine ownership={ownership} reload={reload} />
        </div>
      )}
    </OwnershipFrame>
  );
}

function People(props: { ownership: EntityOwnership }) {
  const { captain, onCall, contract, titles } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { contacts = [], escalation = [] } = contract;
  if (!captain && !onCall && contacts.length + escalation.length === 0) {
    return null;
  }
  return (
    <dl className={card.fields}>
      {captain && (
        <>
          <dt>{t('directory.card.captain')}</dt>
          <dd>
            <PersonName person={captain} />
          </dd>
        </>
      )}
      {onCall && (
        <>
          <dt>{t('directory.card.onCall')}</dt>
          <dd>
            <OnCallNow onCall={onCall} />
          </dd>
        </>
      )}
      {contacts.length > 0 && (
        <>
          <dt>{t('directory.card.contacts')}</dt>
          <dd>
            <Contacts contacts={contacts} />
          </dd>
        </>
      )}
      {escalation.length > 0 && (
        <>
          <dt>{t('directory.card.escalation')}</dt>
          <dd>
            <Escalation steps={escalation} titles={titles} />
          </dd>
        </>
      )}
    </dl>
  );
}
