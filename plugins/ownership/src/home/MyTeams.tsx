import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  CardSkeleton,
  EmptyState,
  ErrorState,
  ownershipApiRef,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { TeamBrief } from './TeamBrief';

const SHOWN = 5;

/**
 * What matters today to the teams of the reader: for each its level, the worst
 * finding and the error budget that is nearest to its end. The content of a
 * home page widget.
 *
 * @internal
 */
export function MyTeams() {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const identityApi = useApi(identityApiRef);
  const { value, error, retry } = useLoaded({
    key: 'my teams',
    load: async () => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const teams = ownershipEntityRefs.filter(ref => /^group:/i.test(ref));
      if (teams.length === 0) {
        return { briefs: [], more: 0 };
      }
      const { items } = await api.listBriefs({
        kind: 'team',
        ref: teams.slice(0, SHOWN),
      });
      return { briefs: items, more: teams.length - items.length };
    },
  });
  if (error) {
    return (
      <ErrorState title={t('home.errorTitle')} error={error} retry={retry} />
    );
  }
  if (!value) {
    return <CardSkeleton parts={[{ height: 72 }, { height: 72 }]} />;
  }
  if (value.briefs.length === 0) {
    return (
      <EmptyState
        title={t('home.noTeamTitle')}
        description={t('home.noTeamNext')}
      />
    );
  }
  return (
    <div className={`${card.card} ${toneClass('muted')}`}>
      <ul
        className={`${card.plainList} ${card.divided}`}
        aria-label={t('home.title')}
      >
        {value.briefs.map(brief => (
          <li key={brief.ref}>
            <TeamBrief brief={brief} />
          </li>
        ))}
      </ul>
      {value.more > 0 && (
        <p className={card.small}>{t('home.more', { count: value.more })}</p>
      )}
    </div>
  );
}
