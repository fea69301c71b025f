import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useLanguage } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { durationWords } from '../entity/durationWords';
import { Name, Names } from '../entity/Names';
import { DataTable } from '../pages/screen/DataTable';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import { Section } from './Section';

/**
 * The data the component holds, who may read, write and change it.
 *
 * @internal
 */
export function DataChapter(props: ChapterProps) {
  const { contract, titles } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const open = <span className={card.muted}>{t('contract.data.open')}</span>;
  const names = (refs: string[] | undefined) =>
    refs?.length ? <Names refs={refs} titles={titles} /> : open;
  return (
    <Section
      id={props.id}
      title={t('contract.section.data')}
      provenance={contract.provenance.data}
    >
      <DataTable
        caption={t('contract.data.caption')}
        rows={contract.data ?? []}
        rowKey={row => row.name}
        rowName={row => row.name}
        columns={[
          {
            id: 'name',
            header: t('contract.data.name'),
            cell: row => (
              <>
                <span className={card.strong}>{row.name}</span>
                {row.sourceOfTruth && (
                  <div className={card.small}>{t('contract.data.source')}</div>
                )}
              </>
            ),
          },
          {
            id: 'classification',
            header: t('contract.data.classification'),
            cell: row =>
              row.classification
                ? t(`contract.data.class.${row.classification}`)
                : open,
          },
          {
            id: 'retention',
            header: t('contract.data.retention'),
            cell: row =>
              row.retention
                ? durationWords({ duration: row.retention, language })
                : open,
          },
          {
            id: 'readers',
            header: t('contract.data.readers'),
            cell: row => names(row.readers),
          },
          {
            id: 'writers',
            header: t('contract.data.writers'),
            cell: row => names(row.writers),
          },
          {
            id: 'approver',
            header: t('contract.data.approver'),
            cell: row =>
              row.schemaApprover ? (
                <Name entityRef={row.schemaApprover} titles={titles} />
              ) : (
                open
              ),
          },
        ]}
      />
    </Section>
  );
}
