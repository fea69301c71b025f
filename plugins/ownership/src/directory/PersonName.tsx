import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Avatar } from '@backstage/ui';
import type { Person } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  safeHref,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

/**
 * A person with their picture, linked to their page while they have one.
 *
 * @internal
 */
export function PersonName(props: { person: Person }) {
  const { ref, title, picture, resolves } = props.person;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const source = safeHref(picture);
  return (
    <span className={styles.person}>
      <Avatar
        name={title}
        src={source && /^(https?:|\/)/i.test(source) ? source : ''}
        size="x-small"
        purpose="decoration"
      />
      {resolves ? (
        <EntityName entityRef={ref} title={title} />
      ) : (
        <span>
          {title}{' '}
          <span className={card.small}>{t('directory.card.captainGone')}</span>
        </span>
      )}
    </span>
  );
}
