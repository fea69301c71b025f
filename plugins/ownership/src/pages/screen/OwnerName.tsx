import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { EntityName } from '@service-ownership/backstage-plugin-ownership-react';
import { usePagesTranslation } from '../usePagesTranslation';
import { RefWords } from './RefWords';
import { useTeams } from './TeamsProvider';
import styles from './Screen.module.css';

/**
 * Who owns something, by the name people use; says so where nobody does, and
 * how many more there are.
 *
 * @internal
 */
export function OwnerName(props: { refs: readonly string[] | undefined }) {
  const { t } = usePagesTranslation();
  const teams = useTeams();
  const [first, ...others] = props.refs ?? [];
  if (!first) {
    return <span className={styles.muted}>{t('pages.owner.nobody')}</span>;
  }
  const team = teams.find(({ ref }) => ref === first);
  // Not in the catalog: the name alone would look like a team.
  const unknown = !team && teams.length > 0;
  return (
    <>
      {first.startsWith('user:') ? (
        // Asks the catalog, many people in one call, what they are called.
        <EntityRefLink entityRef={first} hideIcon disableTooltip />
      ) : (
        <EntityName
          entityRef={first}
          title={unknown ? <RefWords text={first} /> : team?.title}
          className={unknown ? styles.ref : undefined}
        />
      )}
      {others.length > 0 && (
        <span className={styles.small} title={others.join(', ')}>
          {' '}
          {t('pages.owner.more', { count: others.length })}
        </span>
      )}
    </>
  );
}
