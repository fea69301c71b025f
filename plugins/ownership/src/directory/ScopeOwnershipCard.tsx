import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { Brief } from '@service-ownership/backstage-plugin-ownership-common';
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
import { BriefFigures } from './BriefFigures';
import { OwnedList } from './OwnedList';

const SHOWN = 8;

/**
 * What is in a system or a domain and how it is owned: the figures, then the
 * components, worst first.
 *
 * @internal
 */
export function ScopeOwnershipCard() {
  const entityRef = useEntityRef();
  const kind = entityRef.startsWith('domain:') ? 'domain' : 'system';
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const loaded = useLoaded({
    key: entityRef,
    load: async () => {
      const [briefs, components] = await Promise.all([
        api.listBriefs({ kind, ref: [entityRef] }),
        api.listEntities({ [kind]: entityRef, limit: SHOWN }),
      ]);
      return { brief: briefs.items[0], components };
    },
  });
  return (
    <EntityInfoCard
      title={t(`directory.scope.${kind}`)}
      footerActions={
        loaded.value &&
        loaded.value.components.totalItems > SHOWN && (
          <PagesLink
            to={`components?${kind}=${encodeURIComponent(entityRef)}`}
            hideWithoutPages
          >
            {t('directory.group.all', {
              count: loaded.value.components.totalItems,
            })}
          </PagesLink>
        )
      }
      className={`${card.card} ${toneClass('muted')}`}
    >
      <Content {...loaded} kind={kind} />
    </EntityInfoCard>
  );
}

function Content(props: {
  kind: 'system' | 'domain';
  value?: {
    brief: Brief;
    components: { items: Parameters<typeof OwnedList>[0]['items'] };
  };
  error?: Error;
  retry(): void;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const { value, error, retry } = props;
  if (error) {
    return (
      <ErrorState
        title={t('directory.scope.errorTitle')}
        error={error}
        retry={retry}
      />
    );
  }
  if (!value) {
    return (
      <CardSkeleton
        parts={[{ height: 56 }, { height: 24 }, { height: 24 }, { height: 24 }]}
      />
    );
  }
  if (value.brief.components === 0) {
    return (
      <EmptyState
        title={t('directory.scope.emptyTitle')}
        description={t(`directory.scope.${props.kind}Empty`)}
      />
    );
  }
  return (
    <div className={card.stack}>
      <BriefFigures brief={value.brief} />
      <OwnedList items={value.components.items} />
    </div>
  );
}
