import {
  EntityName,
  RelativeTime,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { linkTo } from '../screen/linkTo';
import { Panel } from '../screen/Panel';
import { ScreenLink } from '../screen/ScreenLink';
import { usePagesTranslation } from '../usePagesTranslation';
import screen from '../screen/Screen.module.css';
import styles from './Overview.module.css';

const shown = 5;
const week = 7 * 86_400_000;

type Due = Overview['upcoming'][number];

/**
 * What falls due, the overdue first.
 *
 * @internal
 */
export function UpcomingPanel(props: { overview: Overview }) {
  const { t } = usePagesTranslation();
  const { upcoming, period, team } = props.overview;
  const now = Date.parse(period.to);
  const parts = (['overdue', 'thisWeek', 'later'] as const)
    .map(name => ({
      name,
      items: upcoming
        .slice(0, shown)
        .filter(item => partOf(item, now) === name),
    }))
    .filter(part => part.items.length > 0);
  const rest = upcoming.length - shown;

  return (
    <Panel
      title={t('pages.overview.upcoming.title')}
      note={t('pages.overview.upcoming.note')}
    >
      {parts.length === 0 && (
        <p className={screen.muted}>{t('pages.overview.upcoming.empty')}</p>
      )}
      <div className={styles.upcoming}>
        {parts.map(part => (
          <section key={part.name}>
            <h3>{t(`pages.overview.upcoming.${part.name}`)}</h3>
            <ul className={screen.plainList}>
              {part.items.map((item, index) => (
                <li key={index} className={styles.due}>
                  <span>
                    <EntityName entityRef={item.entityRef} title={item.title} />
                    <div className={screen.small}>
                      {t(`pages.overview.upcoming.${item.kind}`)}
                    </div>
                  </span>
                  <span
                    className={
                      part.name === 'overdue'
                        ? `${styles.dueWhen} ${styles.overdue}`
                        : styles.dueWhen
                    }
                  >
                    <RelativeTime value={item.dueAt} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {rest > 0 && (
        <p className={screen.small}>
          {t('pages.overview.upcoming.more', { count: rest })}
        </p>
      )}
      <ScreenLink to={linkTo('handovers', { team: team?.ref })}>
        {t('pages.overview.upcoming.handovers')}
      </ScreenLink>
    </Panel>
  );
}

function partOf(item: Due, now: number) {
  const due = Date.parse(item.dueAt);
  if (due < now) {
    return 'overdue';
  }
  return due < now + week ? 'thisWeek' : 'later';
}
