import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  SafeLink,
  safeHref,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { Name } from '../entity/Names';
import { DataTable } from '../pages/screen/DataTable';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import { Section } from './Section';

/**
 * What users of each interface can rely on.
 *
 * @internal
 */
export function InterfacesChapter(props: ChapterProps) {
  const { contract, titles } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const open = <span className={card.muted}>{t('contract.data.open')}</span>;
  return (
    <Section
      id={props.id}
      title={t('contract.section.interfaces')}
      provenance={contract.provenance.interfaces}
    >
      <DataTable
        caption={t('contract.interfaces.caption')}
        rows={contract.interfaces ?? []}
        rowKey={row => row.api}
        rowName={row => row.api}
        columns={[
          {
            id: 'api',
            header: t('contract.interfaces.api'),
            cell: row => <Name entityRef={row.api} titles={titles} />,
          },
          {
            id: 'compatibility',
            header: t('contract.interfaces.compatibility'),
            cell: row =>
              row.compatibility
                ? t(`contract.interfaces.compatibilities.${row.compatibility}`)
                : open,
          },
          {
            id: 'versioning',
            header: t('contract.interfaces.versioning'),
            cell: row =>
              row.versioning
                ? t(`contract.interfaces.versions.${row.versioning}`)
                : open,
          },
          {
            id: 'notice',
            header: t('contract.interfaces.notice'),
            cell: row =>
              row.deprecationNotice
                ? durationWords({ duration: row.deprecationNotice, language })
                : open,
          },
          {
            id: 'tests',
            header: t('contract.interfaces.tests'),
            cell: row =>
              row.contractTests ? (
                <SafeLink href={row.contractTests}>
                  {safeHref(row.contractTests)
                    ? t('contract.interfaces.testsLink')
                    : row.contractTests}
                </SafeLink>
              ) : (
                <span className={card.muted}>
                  {t('contract.interfaces.none')}
                </span>
              ),
          },
        ]}
      />
    </Section>
  );
}
