import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton } from '@backstage/ui';
import type { EntitySummary } from '@service-ownership/backstage-plugin-ownership-common';
import {
  ownershipApiRef,
  reasonOf,
  SloStateLabel,
  StateLabel,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { ReactNode } from 'react';
import card from '../entity/Card.module.css';
import { Name, Names } from '../entity/Names';
import { DataTable } from '../pages/screen/DataTable';
import { useLoaded } from '../pages/screen/useLoaded';
import { ownershipTranslationRef } from '../translation';
import type { ChapterProps } from './chapters';
import { Section } from './Section';

/**
 * What the component depends on: who answers for it, how it stands and what
 * happens here when it fails.
 *
 * @internal
 */
export function DependenciesChapter(props: ChapterProps) {
  const { contract, titles } = props.ownership;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const api = useApi(ownershipApiRef);
  const rows = contract.dependencies ?? [];
  const refs = rows.map(({ component }) => component);
  const summaries = useLoaded({
    key: refs.join(' '),
    load: () => api.getEntitiesByRefs(refs),
  });
  const of = (
    ref: string,
    show: (summary: EntitySummary) => ReactNode,
    otherwise: ReactNode = <span className={card.muted}>–</span>,
  ): ReactNode => {
    if (summaries.loading) {
      return <Skeleton width={80} height={14} />;
    }
    const found = summaries.value?.items.find(
      ({ entityRef }) => entityRef === ref.toLocaleLowerCase('en-US'),
    );
    return found ? show(found) : otherwise;
  };
  return (
    <Section
      id={props.id}
      title={t('contract.section.dependencies')}
      provenance={contract.provenance.dependencies}
    >
      <DataTable
        caption={t('contract.dependencies.caption')}
        rows={rows}
        rowKey={row => row.component}
        rowName={row => row.component}
        columns={[
          {
            id: 'component',
            header: t('contract.dependencies.component'),
            cell: row => <Name entityRef={row.component} titles={titles} />,
          },
          {
            id: 'criticality',
            header: t('contract.dependencies.criticality'),
            cell: row => (
              <>
                {row.criticality &&
                  t(`contract.dependencies.${row.criticality}`)}
                {row.fallback && (
                  <div className={card.small}>
                    {t('contract.dependencies.fallback')}: {row.fallback}
                  </div>
                )}
              </>
            ),
          },
          {
            id: 'owner',
            header: t('contract.dependencies.owner'),
            cell: row =>
              of(
                row.component,
                ({ ownerRefs }) =>
                  ownerRefs.length > 0 ? (
                    <Names refs={ownerRefs} titles={titles} />
                  ) : (
                    t('contract.dependencies.nobody')
                  ),
                <span className={card.small}>
                  {(summaries.error && reasonOf(summaries.error).message) ??
                    t('contract.dependencies.hidden')}
                </span>,
              ),
          },
          {
            id: 'state',
            header: t('contract.dependencies.state'),
            cell: row =>
              of(row.component, ({ state }) => <StateLabel state={state} />),
          },
          {
            id: 'promise',
            header: t('contract.dependencies.promise'),
            cell: row =>
              of(
                row.component,
                ({ worstSlo }) =>
                  worstSlo && <SloStateLabel state={worstSlo.state} />,
              ),
          },
        ]}
      />
    </Section>
  );
}
