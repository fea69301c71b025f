import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type {
  EntityOwnership,
  Owner,
} from '@service-ownership/backstage-plugin-ownership-common';
import {
  EntityName,
  StateLabel,
  TeamLink,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { Name } from '../entity/Names';
import { ownershipTranslationRef } from '../translation';
import { OwnerSuggestions } from './OwnerSuggestions';
import styles from './Directory.module.css';

/**
 * The owning team large, with the verdict beside it; where nobody answers,
 * that first and who is suggested.
 *
 * @internal
 */
export function OwnerHeading(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { state, stateReason, owners, titles, checkedAt } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const [first, ...others] = owners;
  const orphaned = state === 'orphaned';
  return (
    <div className={card.tight}>
      <div className={`${card.row} ${card.spread}`}>
        <span className={styles.team}>
          {orphaned || !first ? (
            t(orphaned ? 'directory.card.nobody' : 'directory.card.nobodyYet')
          ) : (
            <EntityName entityRef={first.ref} title={first.title} />
          )}
        </span>
        <StateLabel state={state} variant="pill" />
      </div>
      {orphaned && first && <LastOwner owner={first} />}
      {!orphaned && first && <Size owner={first} />}
      {others.length > 0 && (
        <span className={card.small}>
          {t('directory.card.andOwners')}
          {others.map((owner, index) => (
            <span key={owner.ref}>
              {index > 0 && ', '}
              <Name entityRef={owner.ref} titles={titles} />
            </span>
          ))}
        </span>
      )}
      {state !== 'owned' && (stateReason || !checkedAt) && (
        <p className={`${card.text} ${toneClass(orphaned ? 'bad' : 'muted')}`}>
          {stateReason ?? t('directory.card.notScanned')}
        </p>
      )}
      <OwnerSuggestions {...props} />
    </div>
  );
}

function LastOwner(props: { owner: Owner }) {
  const { ref, title, resolves } = props.owner;
  const { t } = useTranslationRef(ownershipTranslationRef);
  return (
    <span className={card.small}>
      {t('directory.card.lastOwner')}
      <TeamLink
        entityRef={ref}
        title={resolves ? title : ref}
        resolves={resolves}
      />
      {' · '}
      {t(resolves ? 'directory.card.noPeople' : 'directory.card.ownerGone')}
    </span>
  );
}

function Size(props: { owner: Owner }) {
  const { ref, resolves, memberCount } = props.owner;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (!/^group:/i.test(ref)) {
    return null;
  }
  const words = () => {
    if (!resolves) {
      return t('directory.card.ownerGone');
    }
    return memberCount === 0
      ? t('directory.card.noPeople')
      : t('directory.card.people', { count: memberCount });
  };
  return <span className={card.small}>{words()}</span>;
}
