import type { SloState } from '@service-ownership/backstage-plugin-ownership-common';
import { usePagesTranslation } from '../usePagesTranslation';
import { sloStates } from './useSlos';
import styles from './SloFleet.module.css';

/**
 * SLOs by state as one stacked bar with its counts.
 *
 * @internal
 */
export function SloStateBar(props: {
  name: string;
  byState: Partial<Record<SloState, number>>;
}) {
  const { t } = usePagesTranslation();
  const parts = sloStates
    .map(state => ({ state, count: props.byState[state] ?? 0 }))
    .filter(({ count }) => count > 0);
  if (parts.length === 0) {
    return null;
  }
  return (
    <span
      className={styles.stateBar}
      role="img"
      aria-label={t('pages.slo.rollup.bar', {
        name: props.name,
        states: parts
          .map(
            ({ state, count }) =>
              `${t(`pages.slo.stateName.${state}`)} ${count}`,
          )
          .join(', '),
      })}
    >
      {parts.map(({ state, count }) => (
        <span
          key={state}
          className={styles.statePart}
          data-state={state}
          title={`${t(`pages.slo.stateName.${state}`)}: ${count}`}
          style={{ flexGrow: count }}
        >
          {count}
        </span>
      ))}
    </span>
  );
}
