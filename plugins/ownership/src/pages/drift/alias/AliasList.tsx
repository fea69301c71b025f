import { useApi } from '@backstage/core-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import type { DirectoryAlias } from '@service-ownership/backstage-plugin-ownership-common';
import { linkTo } from '../../screen/linkTo';
import { ScreenLink } from '../../screen/ScreenLink';
import { usePagesTranslation } from '../../usePagesTranslation';
import { useAct } from '../../screen/useAct';
import screen from '../../screen/Screen.module.css';
import styles from './Alias.module.css';

/**
 * The references that stand for others, with what each still has to make up
 * for, and a way to remove those that were made here. Nothing where there are
 * none.
 *
 * @internal
 */
export function AliasList(props: {
  aliases: readonly DirectoryAlias[];
  onChanged(): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { act, busy, error } = useAct();
  if (props.aliases.length === 0) {
    return null;
  }
  const remove = (from: string) =>
    act(async () => {
      await api.deleteAlias(from);
      props.onChanged();
    });
  return (
    <details className={styles.aliases} open={props.aliases.length <= 3}>
      <summary className={styles.summary}>
        {t('pages.drift.alias.list', { count: props.aliases.length })}
      </summary>
      {error && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('pages.drift.alias.removeFailed')}
          description={error.message}
        />
      )}
      <ul className={screen.plainList}>
        {props.aliases.map(alias => (
          <li key={alias.from} className={styles.alias}>
            <span className={styles.refs}>
              <span className={screen.code}>{alias.from}</span>{' '}
              <span className={screen.muted}>
                {t('pages.drift.alias.means')}
              </span>{' '}
              <span className={screen.code}>{alias.to}</span>
            </span>
            <span className={screen.muted}>
              {t(`pages.drift.alias.status.${alias.status}`)}
              {alias.comment && ` · ${alias.comment}`}
            </span>
            {alias.components > 0 && (
              <ScreenLink
                to={linkTo(
                  'drift',
                  alias.status === 'in-force'
                    ? { rule: 'owner-renamed' }
                    : { ownerRef: alias.from },
                )}
              >
                {t('pages.drift.alias.components', { count: alias.components })}
              </ScreenLink>
            )}
            {alias.unused && (
              <span className={screen.muted}>
                {t('pages.drift.alias.unused')}
              </span>
            )}
            {alias.source === 'portal' ? (
              <Button
                size="small"
                variant="tertiary"
                isDisabled={busy}
                aria-label={t('pages.drift.alias.remove', { ref: alias.from })}
                onPress={() => remove(alias.from)}
              >
                {t('pages.drift.alias.removeShort')}
              </Button>
            ) : (
              <span className={screen.muted}>
                {t('pages.drift.alias.configured')}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
