import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { tierRequirements } from '@service-ownership/backstage-plugin-ownership-common';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CopyBlock,
  EmptyState,
} from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import { exampleSlo } from './exampleSlo';

/**
 * What the tier asks for where there is no SLO, and YAML to start from.
 *
 * @internal
 */
export function NoSlo(props: { ownership: EntityOwnership }) {
  const { tier } = props.ownership.contract;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const asked = tierRequirements({ tier }).slos;
  return (
    <EmptyState
      title={t('slo.card.emptyTitle')}
      description={
        tier && asked > 0
          ? t('slo.card.emptyAsked', {
              count: asked,
              tier: tier.replace('tier-', 'Tier '),
            })
          : t('slo.card.emptyOptional')
      }
      action={
        <CopyBlock
          label={t('slo.card.copyLabel')}
          text={exampleSlo({ entityRef: props.ownership.entityRef })}
        />
      }
    />
  );
}
