import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { parseEntityRef } from '@backstage/catalog-model';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import {
  StateLabel,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { ReactNode } from 'react';
import { ReviewLine } from '../directory/ReviewLine';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { Name } from '../entity/Names';
import { HandOverButton } from '../handover/HandOverButton';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';
import { ProvenanceMark } from './ProvenanceMark';

/**
 * What the component is for and how much depends on it, with the verdict.
 *
 * @internal
 */
export function ContractHeader(props: {
  ownership: EntityOwnership;
  reload(): void;
}) {
  const { ownership } = props;
  const { contract, titles, contractStatus } = ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const { provenance, tier, lifecycle, system, review } = contract;
  const fact = (field: string, title: string, value: ReactNode) => (
    <div>
      <dt>{title}</dt>
      <dd>
        {value}{' '}
        <ProvenanceMark
          of={provenance[field] ?? provenance[field.split('.')[0]]}
        />
      </dd>
    </div>
  );
  return (
    <header>
      <div className={`${card.row} ${card.spread}`}>
        <h2 className={styles.title}>
          {ownership.title ?? parseEntityRef(ownership.entityRef).name}
        </h2>
        <span className={card.row}>
          <span className={card.small}>
            {t(`contract.status.${contractStatus}`)}
          </span>
          <StateLabel state={ownership.state} variant="pill" />
          <HandOverButton ownership={ownership} reload={props.reload} />
        </span>
      </div>
      <p className={styles.mission}>
        {contract.mission ?? (
          <span className={card.muted}>{t('contract.noMission')}</span>
        )}{' '}
        <ProvenanceMark of={provenance.mission} />
      </p>
      <dl className={styles.facts}>
        {tier &&
          fact(
            'tier',
            t('contract.tier'),
            <>
              <span className={card.strong}>{tier.replace('tier-', '')}</span>
              {', '}
              {t(`contract.tierMeaning.${tier}`)}
            </>,
          )}
        {lifecycle && fact('lifecycle', t('contract.lifecycle'), lifecycle)}
        {system &&
          fact(
            'system',
            t('contract.system'),
            <Name entityRef={system} titles={titles} />,
          )}
        {review?.cadence &&
          fact(
            'review.cadence',
            t('contract.review'),
            t('contract.every', {
              cadence: durationWords({ duration: review.cadence, language }),
            }),
          )}
      </dl>
      <div className={styles.part}>
        <ReviewLine ownership={ownership} reload={props.reload} />
      </div>
    </header>
  );
}
