import { useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import { ownershipApiRef } from '@service-ownership/backstage-plugin-ownership-react';
import { useLoaded } from '../../screen/useLoaded';
import { usePagesTranslation } from '../../usePagesTranslation';
import screen from '../../screen/Screen.module.css';
import styles from './Alias.module.css';

/**
 * Who could answer now for what a broken reference orphans, and why; a press
 * takes that team.
 *
 * @internal
 */
export function Successors(props: {
  from: string;
  chosen: string | undefined;
  onChoose(ref: string): void;
}) {
  const { t } = usePagesTranslation();
  const api = useApi(ownershipApiRef);
  const { value, error, loading, retry } = useLoaded({
    key: props.from,
    load: () => api.suggestAliases(props.from),
  });
  const { orphans = 0, allOrphans = orphans } = value ?? {};
  const sampled =
    allOrphans > orphans
      ? t('pages.drift.alias.sampled', { orphans, allOrphans })
      : undefined;
  if (!value?.items.length) {
    return (
      <div className={styles.unsuggested}>
        <p role="status" className={screen.muted}>
          {value && t('pages.drift.alias.nobodySuggested')}
          {sampled && ` ${sampled}`}
          {error &&
            t('pages.drift.alias.suggestionsFailed', { reason: error.message })}
          {loading && t('pages.drift.alias.suggestionsLoading')}
        </p>
        {error && (
          <Button size="small" variant="secondary" onPress={retry}>
            {t('pages.drift.alias.suggestionsAgain')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <ul className={styles.successors}>
      {sampled && (
        <li className={`${screen.small} ${screen.muted}`}>{sampled}</li>
      )}
      {value.items.map(({ ref, title, components, confidence, reason }) => (
        <li key={ref} className={styles.successor}>
          <div>
            <strong>{title}</strong>
            <div className={screen.small}>
              {t(
                sampled
                  ? 'pages.drift.alias.suggestedOfSampled'
                  : 'pages.drift.alias.suggested',
                {
                  count: orphans,
                  components,
                  percent: Math.round(confidence * 100),
                },
              )}
              {reason}
            </div>
          </div>
          <Button
            size="small"
            variant="secondary"
            aria-label={t(
              props.chosen === ref
                ? 'pages.drift.alias.chosenOne'
                : 'pages.drift.alias.choose',
              { title },
            )}
            onPress={() => props.onChoose(ref)}
          >
            {props.chosen === ref
              ? t('pages.drift.alias.chosen')
              : t('pages.drift.alias.chooseShort')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
