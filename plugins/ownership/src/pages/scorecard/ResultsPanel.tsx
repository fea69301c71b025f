import { Button } from '@backstage/ui';
import type {
  Scorecard,
  ScorecardRollup,
} from '@service-ownership/backstage-plugin-ownership-common';
import { FilterSelect } from '../screen/FilterSelect';
import { PagedList } from '../screen/PagedList';
import { Panel } from '../screen/Panel';
import { TableDownload } from '../screen/TableDownload';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { ladderOf } from './ladder';
import { LevelBar } from './LevelBar';
import { ResultTable } from './ResultTable';
import { useScorecardResults } from './useScorecards';
import type { RollupBy } from './useScorecards';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

const pageSize = 25;

/**
 * The entities behind a group, a level or a rule, and behind each entity its
 * rules.
 *
 * @internal
 */
export function ResultsPanel(props: {
  scorecard: Scorecard;
  rollup?: ScorecardRollup;
  groupBy: RollupBy;
}) {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const { scorecard, rollup, groupBy } = props;
  const group = params.get('group') ?? undefined;
  const rule = params.get('rule') ?? undefined;
  const level = params.get('level') ?? undefined;
  const filter = { ...(group && { [groupBy]: group }), rule, level };
  const results = useScorecardResults({
    id: scorecard.id,
    query: {
      ...filter,
      cursor: params.get('cursor') ?? undefined,
      limit: pageSize,
    },
  });
  const steps = ladderOf(scorecard, {
    none: t('pages.scorecard.none'),
    unknown: t('pages.scorecard.unknown'),
  });
  const item = rollup?.items.find(({ ref }) => ref === group);
  const lever = rollup?.levers?.find(({ ruleId }) => ruleId === rule);
  const title = () => {
    if (group) {
      return t('pages.scorecard.results.title', { name: item?.title ?? group });
    }
    return rule
      ? t('pages.scorecard.results.titleRule', { rule: lever?.title ?? rule })
      : t('pages.scorecard.results.titleAll');
  };

  return (
    <Panel
      title={title()}
      flush
      actions={
        <>
          <TableDownload
            table={title()}
            path={`/scorecards/${encodeURIComponent(scorecard.id)}/results`}
            query={filter}
          />
          <Button
            size="small"
            variant="secondary"
            onPress={() =>
              change({
                group: undefined,
                rule: undefined,
                level: undefined,
                entity: undefined,
              })
            }
          >
            {t('pages.scorecard.results.back')}
          </Button>
        </>
      }
    >
      <div className={`${screen.filters} ${screen.filterRow}`}>
        <FilterSelect
          label={t('pages.scorecard.results.levelFilter')}
          options={steps.map(step => ({ id: step.id, label: step.title }))}
          value={level ? [level] : []}
          onChange={levels => change({ level: levels[levels.length - 1] })}
        />
        {item && (
          <span className={styles.groupBar}>
            <LevelBar name={item.title} steps={steps} byLevel={item.byLevel} />
          </span>
        )}
      </div>
      <PagedList
        list={results}
        pageSize={pageSize}
        columns={4}
        errorTitle={t('pages.scorecard.results.errorTitle')}
        empty={{
          title: t('pages.scorecard.results.emptyTitle'),
          description: t('pages.scorecard.results.emptyNext'),
        }}
      >
        {({ items, stale }) => (
          <ResultTable scorecard={scorecard} results={items} stale={stale} />
        )}
      </PagedList>
    </Panel>
  );
}
