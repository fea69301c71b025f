import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { RelativeTime } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { DataTable } from '../pages/screen/DataTable';
import { RunbookTitle } from '../runbook/RunbookTitle';
import { useAreaWord } from '../runbook/useAreaWord';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import { ProvenanceMark } from './ProvenanceMark';
import { Section } from './Section';

/**
 * The runbooks with what they cover and when they were last tried.
 *
 * @internal
 */
export function RunbooksChapter(props: ChapterProps) {
  const { entityRef, contract, runbooks, uncoveredAreas } = props.ownership;
  const { provenance } = contract;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const areaWord = useAreaWord();
  const time = (value: string | undefined) =>
    value ? (
      <RelativeTime value={value} />
    ) : (
      <span className={card.muted}>{t('contract.runbooks.never')}</span>
    );
  return (
    <Section
      id={props.id}
      title={t('contract.section.runbooks')}
      provenance={provenance.runbooks}
    >
      {runbooks.length === 0 ? (
        <p className={`${card.text} ${card.muted}`}>
          {t('contract.runbooks.none')}
        </p>
      ) : (
        <DataTable
          caption={t('contract.runbooks.caption')}
          rows={runbooks.map((runbook, index) => ({
            ...runbook,
            from: provenance[`runbooks[${index}]`],
          }))}
          rowKey={runbook => `${runbook.id} ${runbook.url}`}
          rowName={runbook => runbook.title}
          columns={[
            {
              id: 'title',
              header: t('contract.runbooks.title'),
              cell: runbook => (
                <>
                  <RunbookTitle entityRef={entityRef} runbook={runbook} />{' '}
                  <ProvenanceMark of={runbook.from} />
                </>
              ),
            },
            {
              id: 'covers',
              header: t('contract.runbooks.covers'),
              cell: runbook => runbook.covers.map(areaWord).join(', '),
            },
            {
              id: 'reviewed',
              header: t('contract.runbooks.reviewed'),
              cell: runbook => time(runbook.reviewedAt),
            },
            {
              id: 'drilled',
              header: t('contract.runbooks.drilled'),
              cell: runbook => time(runbook.drilledAt),
            },
          ]}
        />
      )}
      {uncoveredAreas.length > 0 && (
        <p className={card.small}>
          {t('contract.runbooks.missing', {
            areas: uncoveredAreas.map(areaWord).join(', '),
          })}
        </p>
      )}
    </Section>
  );
}
