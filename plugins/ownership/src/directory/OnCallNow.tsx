import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { OnCall } from '@service-ownership/backstage-plugin-ownership-common';
import {
  RelativeTime,
  safeHref,
  SafeLink,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';
import { PersonName } from './PersonName';

/**
 * Who is on call and until when, or why that cannot be told.
 *
 * @internal
 */
export function OnCallNow(props: { onCall: OnCall }) {
  const { people, until, url, unknownReason } = props.onCall;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const who = () => {
    if (unknownReason) {
      return (
        <span className={card.small}>
          {t('directory.card.onCallUnknown', { reason: unknownReason })}
        </span>
      );
    }
    if (people.length === 0) {
      return (
        <span className={`${styles.toned} ${toneClass('warning')}`}>
          {t('directory.card.onCallNobody')}
        </span>
      );
    }
    return people.map(person => (
      <PersonName key={person.ref} person={person} />
    ));
  };
  return (
    <div className={styles.people}>
      {who()}
      {until && !unknownReason && people.length > 0 && (
        <span className={card.small}>
          {t('directory.card.handsOver')}
          <RelativeTime value={until} />
        </span>
      )}
      {safeHref(url) && (
        <span className={card.small}>
          <SafeLink href={url}>{t('directory.card.page')}</SafeLink>
        </span>
      )}
    </div>
  );
}
