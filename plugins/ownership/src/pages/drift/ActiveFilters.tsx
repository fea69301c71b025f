import { RiCloseLine } from '@remixicon/react';
import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import { ageText } from './ageText';
import { noneText } from '../screen/noneText';
import { useDates } from '../screen/useDates';
import { useUrlQuery } from '../screen/useUrlQuery';
import type { Team } from '../screen/useTeamList';
import { usePagesTranslation } from '../usePagesTranslation';
import {
  filterNames,
  findingStates,
  kinds,
  ownershipStates,
  severities,
  withoutFilters,
} from './findingFilter';
import screen from '../screen/Screen.module.css';

/** Stands for every state of a finding: one filter, not five. */
const ANY = 'any';

/**
 * What the list is narrowed by, each with a way to take it off.
 *
 * @internal
 */
export function ActiveFilters(props: {
  teams: Team[];
  rules: RuleDescription[];
}) {
  const { t } = usePagesTranslation();
  const { day } = useDates();
  const { params, change } = useUrlQuery();
  const active = filterNames.flatMap(name => {
    const values = params.getAll(name).filter(Boolean);
    return name === 'findingState' && isEvery(values)
      ? [{ name, value: ANY }]
      : values.map(value => ({ name, value }));
  });
  if (active.length === 0) {
    return null;
  }

  const words = (name: (typeof filterNames)[number], value: string): string => {
    const none = noneText({ t, name, value });
    if (none) {
      return none;
    }
    switch (name) {
      case 'team':
        return props.teams.find(team => team.ref === value)?.title ?? value;
      case 'rule':
        return props.rules.find(rule => rule.id === value)?.title ?? value;
      case 'ownerRef':
        return t('pages.drift.filters.ownerRef', { ref: value });
      case 'assignee':
        return t('pages.drift.filters.assignedTo', {
          ref: props.teams.find(team => team.ref === value)?.title ?? value,
        });
      case 'waiver':
        return t('pages.drift.filters.waiverRequested');
      case 'entityRef':
        return t('pages.drift.filters.entityRef', { ref: value });
      case 'minAgeDays':
        return ageText(t, { minAgeDays: Number(value) });
      case 'maxAgeDays':
        return ageText(t, { maxAgeDays: Number(value) });
      case 'openedSince':
      case 'closedSince':
        return t(`pages.drift.filters.${name}`, {
          date: day(value),
        });
      case 'text':
        return t('pages.drift.filters.words', { text: value });
      case 'severity':
        return labelOf(severities, value, known =>
          t(`pages.severity.${known}`),
        );
      case 'state':
        return labelOf(ownershipStates, value, known =>
          t(`pages.state.${known}`),
        );
      case 'kind':
        return labelOf(kinds, value, known => t(`pages.drift.kind.${known}`));
      case 'findingState':
        if (value === ANY) {
          return t('pages.drift.filters.anyFindingState');
        }
        return labelOf(findingStates, value, known =>
          t(`pages.drift.findingState.${known}`),
        );
      default:
        return value;
    }
  };

  return (
    <div
      className={screen.chips}
      role="group"
      aria-label={t('pages.drift.filters.active')}
    >
      {active.map(({ name, value }) => {
        const filter = words(name, value);
        return (
          <button
            key={`${name} ${value}`}
            type="button"
            className={screen.chip}
            aria-label={t('pages.drift.filters.remove', { filter })}
            onClick={() =>
              change({
                [name]:
                  value === ANY
                    ? undefined
                    : params.getAll(name).filter(other => other !== value),
              })
            }
          >
            {filter}
            <RiCloseLine size={14} aria-hidden />
          </button>
        );
      })}
      <button
        type="button"
        className={screen.chip}
        onClick={() => change(withoutFilters())}
      >
        {t('pages.drift.filters.clear')}
      </button>
    </div>
  );
}

function isEvery(values: readonly string[]): boolean {
  return findingStates.every(state => values.includes(state));
}

function labelOf<T extends string>(
  values: readonly T[],
  value: string,
  label: (known: T) => string,
): string {
  const known = values.find(other => other === value);
  return known ? label(known) : value;
}
