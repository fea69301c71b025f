import { OwnerName } from '../screen/OwnerName';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { EntityName } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Scorecard,
  ScorecardEntityResult,
} from '@service-ownership/backstage-plugin-ownership-common';
import { Bar } from '../screen/Bar';
import { DataTable } from '../screen/DataTable';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { RuleOutcomes } from './RuleOutcomes';
import screen from '../screen/Screen.module.css';

/**
 * Entities with their level and what is missing for the next; each opens to
 * its rules.
 *
 * @internal
 */
export function ResultTable(props: {
  scorecard: Scorecard;
  results: ScorecardEntityResult[];
  stale: boolean;
}) {
  const { t } = usePagesTranslation();
  const { params, open } = useUrlQuery();
  const { levels } = props.scorecard;
  const opened = params.get('entity') ?? undefined;
  const nameOf = (id?: string) => levels.find(level => level.id === id)?.title;
  const toggle = (result: ScorecardEntityResult) =>
    open({
      entity: result.entityRef === opened ? undefined : result.entityRef,
    });

  return (
    <DataTable
      caption={t('pages.scorecard.results.caption')}
      rows={props.results}
      rowKey={result => result.entityRef}
      rowName={result => result.entityTitle ?? result.entityRef}
      openKey={opened}
      onOpen={toggle}
      stale={props.stale}
      detail={result =>
        result.entityRef === opened &&
        result.rules && (
          <RuleOutcomes scorecard={props.scorecard} rules={result.rules} />
        )
      }
      columns={[
        {
          id: 'entity',
          header: t('pages.scorecard.results.entity'),
          cell: result => {
            const isOpen = result.entityRef === opened;
            const entity = result.entityTitle ?? result.entityRef;
            const Arrow = isOpen ? RiArrowDownSLine : RiArrowRightSLine;
            return (
              <div className={screen.treeName}>
                <button
                  type="button"
                  className={screen.twist}
                  aria-expanded={isOpen}
                  aria-label={
                    isOpen
                      ? t('pages.scorecard.results.hideRules', { entity })
                      : t('pages.scorecard.results.showRules', { entity })
                  }
                  onClick={() => toggle(result)}
                >
                  <Arrow size={18} aria-hidden />
                </button>
                <div className={screen.stack}>
                  <EntityName
                    entityRef={result.entityRef}
                    title={result.entityTitle}
                  />
                  {result.tier && (
                    <span className={screen.small}>{result.tier}</span>
                  )}
                </div>
              </div>
            );
          },
        },
        {
          id: 'level',
          header: t('pages.scorecard.results.level'),
          cell: result => (
            <span className={result.level ? undefined : screen.muted}>
              {nameOf(result.level) ?? t('pages.scorecard.none')}
            </span>
          ),
        },
        {
          id: 'next',
          header: t('pages.scorecard.results.nextHeader'),
          cell: result =>
            result.nextLevel ? (
              <div>
                {t('pages.scorecard.results.missing', {
                  count: result.missing.length,
                })}
                <div className={screen.small}>
                  {[
                    t('pages.scorecard.results.next', {
                      level: nameOf(result.nextLevel) ?? result.nextLevel,
                    }),
                    ...(result.unknown.length > 0
                      ? [
                          t('pages.scorecard.results.unknown', {
                            count: result.unknown.length,
                          }),
                        ]
                      : []),
                  ].join(' · ')}
                </div>
              </div>
            ) : (
              t('pages.scorecard.results.top')
            ),
        },
        {
          id: 'owner',
          header: t('pages.scorecard.results.owner'),
          wideOnly: true,
          cell: result => <OwnerName refs={result.ownerRefs} />,
        },
        {
          id: 'score',
          header: t('pages.scorecard.results.score'),
          align: 'end',
          wideOnly: true,
          cell: result => (
            <Bar share={result.score}>
              {`${Math.round(result.score * 100)}\u00a0%`}
            </Bar>
          ),
        },
      ]}
    />
  );
}
