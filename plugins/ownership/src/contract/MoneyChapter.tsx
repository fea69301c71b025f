import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import styles from './Contract.module.css';
import { Section } from './Section';

/**
 * Who pays, and how much it may cost.
 *
 * @internal
 */
export function MoneyChapter(props: ChapterProps) {
  const { contract } = props.ownership;
  const { costCenter, monthlyBudget, tags = {} } = contract.cost ?? {};
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  return (
    <Section
      id={props.id}
      title={t('contract.section.money')}
      provenance={contract.provenance.cost}
    >
      <dl className={styles.pairs}>
        {costCenter && (
          <>
            <dt>{t('contract.money.costCenter')}</dt>
            <dd>{costCenter}</dd>
          </>
        )}
        {monthlyBudget && (
          <>
            <dt>{t('contract.money.budget')}</dt>
            <dd>{money({ ...monthlyBudget, language })}</dd>
          </>
        )}
        {Object.keys(tags).length > 0 && (
          <>
            <dt>{t('contract.money.tags')}</dt>
            <dd>
              {Object.entries(tags)
                .map(([name, value]) => `${name}: ${value}`)
                .join(' · ')}
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
}

function money(options: {
  amount: number;
  currency: string;
  language: string;
}): string {
  const { amount, currency, language } = options;
  try {
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
    }).format(amount);
  } catch {
    // Three letters, but no currency.
    return `${new Intl.NumberFormat(language).format(amount)} ${currency}`;
  }
}
