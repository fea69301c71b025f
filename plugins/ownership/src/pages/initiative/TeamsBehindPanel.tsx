import type { InitiativeDetail } from '@service-ownership/backstage-plugin-ownership-common';
import { useState } from 'react';
import { DataTable } from '../screen/DataTable';
import type { Column } from '../screen/DataTable';
import { Panel } from '../screen/Panel';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

const shownAtFirst = 8;

type Team = InitiativeDetail['teams'][number];

/**
 * The teams with most to go, each with the way to its components.
 *
 * @internal
 */
export function TeamsBehindPanel(props: { initiative: InitiativeDetail }) {
  const { t } = usePagesTranslation();
  const { change } = useUrlQuery();
  const [all, setAll] = useState(false);
  const { teams } = props.initiative;
  const columns: Column<Team>[] = [
    {
      id: 'team',
      header: t('pages.initiative.detail.team'),
      cell: team => (
        <button
          type="button"
          className={styles.textButton}
          onClick={() => change({ team: team.ref, state: undefined })}
        >
          {team.title}
        </button>
      ),
    },
    {
      id: 'progress',
      header: t('pages.initiative.progress'),
      align: 'end',
      cell: ({ figures }) => (
        <span className={screen.number}>
          {t('pages.initiative.met', {
            met: figures.met,
            counted: figures.counted,
          })}
        </span>
      ),
    },
    {
      id: 'behind',
      header: t('pages.initiative.pace.behind'),
      align: 'end',
      cell: ({ behind }) =>
        behind > 0 ? (
          <strong className={screen.number}>{behind}</strong>
        ) : (
          <span className={screen.small}>
            {t('pages.initiative.detail.onLine')}
          </span>
        ),
    },
  ];
  return (
    <Panel
      title={t('pages.initiative.detail.teams')}
      note={t('pages.initiative.detail.teamsNote')}
      flush={teams.length > 0}
    >
      {teams.length === 0 ? (
        <p className={screen.muted}>{t('pages.initiative.detail.noTeams')}</p>
      ) : (
        <DataTable
          caption={t('pages.initiative.detail.teams')}
          columns={columns}
          rows={all ? teams : teams.slice(0, shownAtFirst)}
          rowKey={team => team.ref}
          rowName={team => team.title}
        />
      )}
      {teams.length > shownAtFirst && (
        <div className={screen.pager}>
          <button
            type="button"
            className={screen.chip}
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all
              ? t('pages.overview.teams.fewer')
              : t('pages.overview.teams.all', { count: teams.length })}
          </button>
        </div>
      )}
    </Panel>
  );
}
