import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  RiGlobalLine,
  RiMailLine,
  RiMicrosoftFill,
  RiPhoneLine,
  RiSlackLine,
} from '@remixicon/react';
import type { EffectiveContract } from '@service-ownership/backstage-plugin-ownership-common';
import { SafeLink } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { contactHref } from './contactHref';
import styles from './Directory.module.css';

const icons = {
  slack: RiSlackLine,
  teams: RiMicrosoftFill,
  email: RiMailLine,
  phone: RiPhoneLine,
  url: RiGlobalLine,
};

/**
 * Ways to reach the team, with what each is for.
 *
 * @internal
 */
export function Contacts(props: {
  contacts: NonNullable<EffectiveContract['contacts']>;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <ul className={`${card.plainList} ${styles.people}`}>
      {props.contacts.map(contact => {
        const { type, value, purpose } = contact;
        const Icon = icons[type];
        return (
          <li key={`${type} ${value} ${purpose}`} className={styles.person}>
            <Icon
              size="1.15em"
              role="img"
              aria-label={t(`directory.contactType.${type}`)}
            />
            <span>
              <SafeLink href={contactHref(contact)}>{readable(value)}</SafeLink>{' '}
              {purpose && (
                <span className={card.small}>
                  {t(`directory.contactPurpose.${purpose}`)}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

// Without the scheme, which the icon tells.
function readable(value: string): string {
  return value.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
}
