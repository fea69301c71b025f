import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntitySummary } from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  StateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

/**
 * Components with their state and open findings, in the order given.
 *
 * @internal
 */
export function OwnedList(props: { items: EntitySummary[] }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <ul
      className={`${card.plainList} ${card.divided}`}
      aria-label={t('directory.group.worstFirst')}
    >
      {props.items.map(item => (
        <li key={item.entityRef} className={styles.owned}>
          <span className={card.text}>
            <EntityName
              entityRef={item.entityRef}
              title={item.title}
              className={card.strong}
            />{' '}
            <span className={card.small}>
              {[item.kind, item.tier?.replace('tier-', 'tier ')]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <StateLabel state={item.state} />
          <span className={`${card.small} ${card.number}`}>
            {item.openFindings === 0
              ? t('directory.group.noFindings')
              : t('directory.group.findingCount', { count: item.openFindings })}
          </span>
        </li>
      ))}
    </ul>
  );
}
