import { EntityName } from '@service-ownership/backstage-plugin-ownership-react';
import type {
  Scorecard,
  ScorecardDryRun,
} from '@service-ownership/backstage-plugin-ownership-common';
import { DataTable } from '../screen/DataTable';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Scorecard.module.css';

/**
 * What a changed scorecard would do: in words, by level, by team, and some of
 * those that move.
 *
 * @internal
 */
export function DryRunResult(props: {
  before: Scorecard;
  result: ScorecardDryRun;
}) {
  const { t } = usePagesTranslation();
  const { before, result } = props;
  const titleOf = (level: string) =>
    result.scorecard.levels.find(({ id }) => id === level)?.title ??
    before.levels.find(({ id }) => id === level)?.title ??
    (level === 'none'
      ? t('pages.scorecard.none')
      : t('pages.scorecard.unknown'));
  const levels = [
    'none',
    'unknown',
    ...new Set([
      ...result.scorecard.levels.map(({ id }) => id),
      ...Object.keys(result.before),
    ]),
  ].filter((id, index, all) => all.indexOf(id) === index);
  const words = [
    result.down > 0 && t('pages.scorecard.dryRun.down', { count: result.down }),
    result.up > 0 && t('pages.scorecard.dryRun.up', { count: result.up }),
    result.added > 0 &&
      t('pages.scorecard.dryRun.added', { count: result.added }),
    result.removed > 0 &&
      t('pages.scorecard.dryRun.removed', { count: result.removed }),
  ].filter(Boolean);

  return (
    <div className={styles.dryRun}>
      <p className={screen.strong}>
        {words.length > 0
          ? t('pages.scorecard.dryRun.would', { what: words.join(', ') })
          : t('pages.scorecard.dryRun.nothing')}
      </p>
      {result.unknownRules.length > 0 && (
        <p className={screen.muted}>
          {t('pages.scorecard.dryRun.unknownRules', {
            rules: result.unknownRules.join(', '),
          })}
        </p>
      )}
      {result.hidden > 0 && (
        <p className={screen.muted}>
          {t('pages.scorecard.teams.hiddenNote', { count: result.hidden })}
        </p>
      )}
      <DataTable
        caption={t('pages.scorecard.dryRun.byLevel')}
        rows={levels}
        rowKey={level => level}
        rowName={titleOf}
        columns={[
          {
            id: 'level',
            header: t('pages.scorecard.results.level'),
            cell: titleOf,
          },
          {
            id: 'before',
            header: t('pages.scorecard.dryRun.before'),
            align: 'end',
            cell: level => result.before[level] ?? '–',
          },
          {
            id: 'after',
            header: t('pages.scorecard.dryRun.after'),
            align: 'end',
            cell: level => result.after[level] ?? '–',
          },
        ]}
      />
      {result.teams.length > 0 && (
        <DataTable
          caption={t('pages.scorecard.dryRun.byTeam')}
          rows={result.teams}
          rowKey={team => team.ref}
          rowName={team => team.title}
          columns={[
            {
              id: 'team',
              header: t('pages.scorecard.by.team'),
              cell: team => team.title,
            },
            {
              id: 'down',
              header: t('pages.scorecard.dryRun.downHeader'),
              align: 'end',
              cell: team => team.down,
            },
            {
              id: 'up',
              header: t('pages.scorecard.dryRun.upHeader'),
              align: 'end',
              cell: team => team.up,
            },
          ]}
        />
      )}
      {result.samples.length > 0 && (
        <DataTable
          caption={t('pages.scorecard.dryRun.samples')}
          rows={result.samples}
          rowKey={sample => sample.entityRef}
          rowName={sample => sample.entityTitle ?? sample.entityRef}
          columns={[
            {
              id: 'entity',
              header: t('pages.scorecard.results.entity'),
              cell: sample => (
                <EntityName
                  entityRef={sample.entityRef}
                  title={sample.entityTitle}
                />
              ),
            },
            {
              id: 'move',
              header: t('pages.scorecard.dryRun.moves'),
              cell: sample =>
                t('pages.scorecard.dryRun.fromTo', {
                  from: titleOf(sample.from),
                  to: titleOf(sample.to),
                }),
            },
          ]}
        />
      )}
    </div>
  );
}
