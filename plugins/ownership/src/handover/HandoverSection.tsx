import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  CardSkeleton,
  ErrorState,
  ownershipApiRef,
} from '@service-ownership/backstage-plugin-ownership-react';
import { Section } from '../contract/Section';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import { HandoverBody } from './HandoverBody';

/**
 * The open handover of a component on its tab: how it stands, the checklist to
 * work off, and what to do next. Nothing where there is none.
 *
 * @internal
 */
export function HandoverSection(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const brief = props.ownership.handover;
  const { value, error, retry } = useLoaded({
    key: brief && `${brief.id} ${brief.state}`,
    load: () => api.getHandover(brief!.id),
  });
  if (!brief) {
    return null;
  }
  return (
    <Section
      id="ownership-handover"
      title={t('handover.body.title', { to: brief.to.title })}
    >
      {error && (
        <ErrorState
          title={t('handover.body.errorTitle')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && (
        <CardSkeleton parts={[{ height: 20, width: '70%' }, { height: 120 }]} />
      )}
      {value && (
        <HandoverBody
          key={value.id}
          handover={value}
          onChange={after => {
            if (after.state !== brief.state) {
              props.reload();
            }
          }}
        />
      )}
    </Section>
  );
}
