import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  ErrorState,
  toneClass,
  useOwnership,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useEntityRef } from '../entity/useEntityRef';
import { HandoverSection } from '../handover/HandoverSection';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';
import { BadgeSection } from './BadgeSection';
import { chaptersOf } from './chapters';
import { ContractHeader } from './ContractHeader';
import { ContractProblems } from './ContractProblems';
import { History } from './History';
import { StarterContract } from './StarterContract';

/**
 * The ownership tab: the whole contract as a document to be read, each field
 * with where it was found, and what happened beside it.
 *
 * @internal
 */
export function OwnershipContent() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { value, error, retry } = useOwnership(useEntityRef());
  if (value) {
    return <Document ownership={value} reload={retry} />;
  }
  return (
    <div className={`${styles.layout} ${toneClass('muted')}`}>
      <div className={styles.document}>
        {error ? (
          <ErrorState
            title={t('contract.errorTitle')}
            error={error}
            retry={retry}
          />
        ) : (
          <CardSkeleton
            parts={[
              { height: 32, width: '40%' },
              { height: 20, width: '70%' },
              { height: 140 },
              { height: 140 },
              { height: 140 },
            ]}
          />
        )}
      </div>
    </div>
  );
}

function Document(props: { ownership: EntityOwnership; reload(): void }) {
  const { ownership, reload } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const chapters = chaptersOf(ownership);
  return (
    <div className={`${styles.layout} ${toneClass('muted')}`}>
      <article className={styles.document}>
        <ContractHeader ownership={ownership} reload={reload} />
        <HandoverSection ownership={ownership} reload={reload} />
        <ContractProblems ownership={ownership} />
        <StarterContract ownership={ownership} />
        {chapters.map(({ id, Chapter }) => (
          <Chapter key={id} id={`ownership-${id}`} ownership={ownership} />
        ))}
        <BadgeSection ownership={ownership} />
      </article>
      <aside className={styles.aside}>
        <nav className={styles.tocBox} aria-label={t('contract.toc')}>
          <p className={styles.asideTitle}>{t('contract.toc')}</p>
          <ul className={styles.toc}>
            {chapters.map(({ id }) => (
              <li key={id}>
                <a
                  href={`#ownership-${id}`}
                  onClick={event => {
                    // The hash is the router's in some portals.
                    event.preventDefault();
                    const target = document.getElementById(`ownership-${id}`);
                    target?.scrollIntoView();
                    target?.focus({ preventScroll: true });
                  }}
                >
                  {t(`contract.section.${id}`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <History ownership={ownership} />
      </aside>
    </div>
  );
}
