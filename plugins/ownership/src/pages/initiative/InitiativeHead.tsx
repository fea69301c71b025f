import { RelativeTime } from '@service-ownership/backstage-plugin-ownership-react';
import type { Initiative } from '@service-ownership/backstage-plugin-ownership-common';
import type { ReactNode } from 'react';
import { OwnerName } from '../screen/OwnerName';
import { useDates } from '../screen/useDates';
import { usePagesTranslation } from '../usePagesTranslation';
import { PaceLabel } from './PaceLabel';
import screen from '../screen/Screen.module.css';
import styles from './Initiative.module.css';

/**
 * What an initiative is about: goal, scope, dates and who drives it.
 *
 * @internal
 */
export function InitiativeHead(props: {
  initiative: Initiative;
  actions: ReactNode;
}) {
  const { t } = usePagesTranslation();
  const { longDay } = useDates();
  const { initiative } = props;
  const { scope } = initiative;
  return (
    <>
      <header className={styles.head}>
        <div className={screen.stack}>
          <h2 className={styles.title}>{initiative.title}</h2>
          <PaceLabel initiative={initiative} />
        </div>
        {props.actions}
      </header>
      {initiative.description && (
        <p className={styles.description}>{initiative.description}</p>
      )}
      <dl className={styles.facts}>
        <dt>{t('pages.initiative.detail.goal')}</dt>
        <dd>{initiative.goalTitle}</dd>
        <dt>{t('pages.initiative.detail.scope')}</dt>
        <dd>
          {scope.team && <OwnerName refs={[scope.team]} />}
          {scope.team && scope.predicate !== undefined && ' · '}
          {scope.predicate !== undefined && (
            <code className={screen.code}>
              {JSON.stringify(scope.predicate)}
            </code>
          )}
          {!scope.team &&
            scope.predicate === undefined &&
            t('pages.initiative.detail.everything')}
        </dd>
        <dt>
          {Date.parse(initiative.startsAt) <= Date.now()
            ? t('pages.initiative.detail.started')
            : t('pages.initiative.detail.starts')}
        </dt>
        <dd>{longDay(initiative.startsAt)}</dd>
        <dt>{t('pages.initiative.due')}</dt>
        <dd>
          {longDay(initiative.dueAt)}
          {' · '}
          <RelativeTime value={initiative.dueAt} />
        </dd>
        <dt>{t('pages.initiative.owner')}</dt>
        <dd>
          <OwnerName refs={[initiative.ownerRef]} />
        </dd>
      </dl>
    </>
  );
}
