import {
  ErrorState,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import { BurnUpSparkline } from '../initiative/BurnUpSparkline';
import { PaceLabel } from '../initiative/PaceLabel';
import { Progress } from '../initiative/Progress';
import { useInitiatives } from '../initiative/useInitiatives';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { RowsSkeleton } from '../screen/RowsSkeleton';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from '../initiative/Initiative.module.css';

const shown = 4;

/**
 * The active initiatives as burn-ups, the furthest behind first.
 *
 * @internal
 */
export function InitiativesPanel(props: { team?: string }) {
  const { t } = usePagesTranslation();
  const { team } = props;
  const { value, error, retry } = useInitiatives({ team, states: ['active'] });
  return (
    <Panel
      title={t('pages.initiative.overview.title')}
      note={t('pages.initiative.overview.note')}
      actions={
        <ScreenLink to={linkTo('initiatives', { team })}>
          {t('pages.initiative.overview.all')}
        </ScreenLink>
      }
    >
      {error && (
        <ErrorState
          title={t('pages.initiative.overview.error')}
          error={error}
          retry={retry}
        />
      )}
      {!value && !error && <RowsSkeleton rows={2} height={72} />}
      {value?.items.length === 0 && (
        <p className={screen.muted}>{t('pages.initiative.overview.empty')}</p>
      )}
      {value && value.items.length > 0 && (
        <ul className={`${screen.plainList} ${styles.entries}`}>
          {value.items.slice(0, shown).map(initiative => (
            <li key={initiative.id} className={styles.entry}>
              <ScreenLink
                className={screen.strongLink}
                to={`initiatives/${initiative.id}`}
              >
                {initiative.title}
              </ScreenLink>
              <PaceLabel initiative={initiative} />
              <BurnUpSparkline initiative={initiative} />
              <Progress figures={initiative.figures} />
              {initiative.ofTeam && (
                <span className={screen.small}>
                  {t('pages.initiative.ofTeam', {
                    met: initiative.ofTeam.met,
                    counted: initiative.ofTeam.counted,
                  })}
                </span>
              )}
              <span className={screen.small}>
                {t('pages.initiative.due')}{' '}
                <RelativeTime value={initiative.dueAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
