import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { Section } from './Section';

/**
 * Badges to take along to a README. Says nothing where the portal gives none.
 *
 * @internal
 */
export function BadgeSection(props: { ownership: EntityOwnership }) {
  const { entityRef } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const { value } = useLoaded({
    key: entityRef,
    load: () => api.listBadges(entityRef),
  });
  if (!value || value.items.length === 0) {
    return null;
  }
  return (
    <Section id="ownership-badges" title={t('contract.badges.title')}>
      <p style={{ margin: 0 }}>{t('contract.badges.text')}</p>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {value.items.map(({ metric, url }) => (
          <img key={metric} src={url} alt={t(`contract.badges.${metric}`)} />
        ))}
      </div>
      <CopyBlock
        label={t('contract.badges.markdown')}
        text={value.items.map(({ markdown }) => markdown).join('\n')}
      />
    </Section>
  );
}
