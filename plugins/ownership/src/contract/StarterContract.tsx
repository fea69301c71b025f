import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { EntityOwnership } from '@service-ownership/backstage-plugin-ownership-common';
import { CopyBlock } from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import styles from './Contract.module.css';
import { Section } from './Section';

/**
 * A contract to copy where there is none, and what to do with it.
 *
 * @internal
 */
export function StarterContract(props: { ownership: EntityOwnership }) {
  const { contractStatus, starterContract } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  if (contractStatus !== 'missing' || !starterContract) {
    return null;
  }
  return (
    <Section id="ownership-starter" title={t('contract.starter.title')}>
      <p style={{ margin: 0 }}>{t('contract.starter.text')}</p>
      <ol className={styles.steps}>
        <li>{t('contract.starter.step1')}</li>
        <li>{t('contract.starter.step2')}</li>
        <li>{t('contract.starter.step3')}</li>
      </ol>
      <CopyBlock
        label={t('contract.starter.file')}
        text={starterContract}
        fileName="ownership.yaml"
      />
    </Section>
  );
}
