import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import {
  CardSkeleton,
  EmptyState,
  ErrorState,
  ownershipApiRef,
  toneClass,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { PagesLink } from '../entity/PagesLink';
import { useEntityRef } from '../entity/useEntityRef';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { GroupFigures } from './GroupFigures';
import { OwnedList } from './OwnedList';

const SHOWN = 8;

/**
 * What a group answers for, with the groups below it: the figures, then the
 * components, worst first.
 *
 * @internal
 */
export function GroupOwnershipCard() {
  const team = useEntityRef();
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const overview = useLoaded({
    key: team,
    load: () => api.getOverview({ team }),
  });
  const owned = useLoaded({
    key: team,
    load: () => api.listEntities({ team, limit: SHOWN }),
  });
  const query = `team=${encodeURIComponent(team)}`;
  const error = overview.error ?? owned.error;
  const content = () => {
    if (error && !owned.value) {
      return (
        <ErrorState
          title={t('directory.group.errorTitle')}
          error={error}
          retry={() => {
            overview.retry();
            owned.retry();
          }}
        />
      );
    }
    if (!owned.value) {
      return (
        <CardSkeleton
          parts={[
            { height: 56 },
            { height: 24 },
            { height: 24 },
            { height: 24 },
          ]}
        />
      );
    }
    if (owned.value.totalItems === 0) {
      return (
        <EmptyState
          title={t('directory.group.emptyTitle')}
          description={t('directory.group.emptyNext')}
        />
      );
    }
    return (
      <div className={card.stack}>
        <GroupFigures
          team={team}
          components={owned.value.totalItems}
          overview={overview.value}
        />
        <OwnedList items={owned.value.items} />
      </div>
    );
  };
  return (
    <EntityInfoCard
      title={t('directory.group.title')}
      headerActions={
        <span className={card.small}>{t('directory.group.note')}</span>
      }
      footerActions={
        owned.value &&
        owned.value.totalItems > 0 && (
          <span className={card.row}>
            <PagesLink to={`components?${query}`} hideWithoutPages>
              {t('directory.group.all', { count: owned.value.totalItems })}
            </PagesLink>
            <PagesLink to={`drift?${query}`} hideWithoutPages>
              {t('directory.group.drift')}
            </PagesLink>
            <PagesLink to={`handovers?${query}`} hideWithoutPages>
              {t('directory.group.handovers')}
            </PagesLink>
          </span>
        )
      }
      className={`${card.card} ${toneClass('muted')}`}
    >
      {content()}
    </EntityInfoCard>
  );
}
