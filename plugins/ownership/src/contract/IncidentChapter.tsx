import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  safeHref,
  SafeLink,
} from '@service-ownership/backstage-plugin-ownership-react';
import { Escalation } from '../directory/Escalation';
import { OnCallNow } from '../directory/OnCallNow';
import card from '../entity/Card.module.css';
import { Names } from '../entity/Names';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import { Part, Section } from './Section';

/**
 * Who is called, in which order, and who may act.
 *
 * @internal
 */
export function IncidentChapter(props: ChapterProps) {
  const { contract, onCall, titles } = props.ownership;
  const { escalation, access, provenance } = contract;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const steps = escalation ?? [];
  return (
    <Section id={props.id} title={t('contract.section.incident')}>
      {!onCall && steps.length === 0 && (
        <p className={`${card.text} ${card.muted}`}>
          {t('contract.incident.none')}
        </p>
      )}
      {onCall && (
        <Part
          title={t('contract.incident.onCall')}
          provenance={provenance.onCall}
        >
          <OnCallNow onCall={onCall} />
        </Part>
      )}
      {steps.length > 0 && (
        <Part
          title={t('contract.incident.escalation')}
          provenance={provenance.escalation}
        >
          <Escalation steps={steps} titles={titles} />
        </Part>
      )}
      {access?.mitigators && access.mitigators.length > 0 && (
        <Part
          title={t('contract.incident.mitigators')}
          provenance={provenance.access}
        >
          <Names refs={access.mitigators} titles={titles} />
        </Part>
      )}
      {access?.breakGlass && (
        <Part
          title={t('contract.incident.breakGlass')}
          provenance={provenance.access}
        >
          {safeHref(access.breakGlass) ? (
            <SafeLink href={access.breakGlass}>{access.breakGlass}</SafeLink>
          ) : (
            <span className={card.text}>{access.breakGlass}</span>
          )}
        </Part>
      )}
    </Section>
  );
}
