import type { SloState } from '@service-ownership/backstage-plugin-ownership-common';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import { sloStates } from './useSlos';
import screen from '../screen/Screen.module.css';
import fleet from './SloFleet.module.css';

/**
 * How many SLOs are in which state; a press shows only those.
 *
 * @internal
 */
export function SloStateFilter(props: {
  byState: Partial<Record<SloState, number>>;
  chosen: readonly SloState[];
  onChange(states: SloState[]): void;
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const { byState, chosen } = props;
  return (
    <div
      className={screen.chips}
      role="group"
      aria-label={t('pages.slo.states')}
    >
      {sloStates
        .filter(state => (byState[state] ?? 0) > 0 || chosen.includes(state))
        .map(state => {
          const pressed = chosen.includes(state);
          return (
            <button
              key={state}
              type="button"
              className={`${screen.chip} ${fleet.chip}`}
              aria-pressed={pressed}
              onClick={() =>
                props.onChange(
                  pressed
                    ? chosen.filter(other => other !== state)
                    : [...chosen, state],
                )
              }
            >
              <span
                className={fleet.dot}
                data-state={state}
                aria-hidden="true"
              />
              {t(`pages.slo.stateName.${state}`)}{' '}
              <strong className={screen.number}>
                {number(byState[state] ?? 0)}
              </strong>
            </button>
          );
        })}
    </div>
  );
}
