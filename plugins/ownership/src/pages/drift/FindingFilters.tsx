import { Button, Select } from '@backstage/ui';
import { RiFilter3Line } from '@remixicon/react';
import { useState } from 'react';
import type { RuleDescription } from '@service-ownership/backstage-plugin-ownership-common';
import { FilterSelect } from '../screen/FilterSelect';
import { SearchText } from '../screen/SearchText';
import { noneKey, noneText } from '../screen/noneText';
import { TeamSelect } from '../screen/TeamSelect';
import { useUrlQuery } from '../screen/useUrlQuery';
import type { Team } from '../screen/useTeamList';
import { usePagesTranslation } from '../usePagesTranslation';
import { AgeFilter } from './AgeFilter';
import {
  findingStates,
  kinds,
  ownershipStates,
  severities,
  tiers,
} from './findingFilter';
import { SinceFilter } from './SinceFilter';
import screen from '../screen/Screen.module.css';

const rareFilters = [
  'tier',
  'kind',
  'findingState',
  'state',
  'assignee',
  'waiver',
  'minAgeDays',
  'maxAgeDays',
  'openedSince',
  'closedSince',
];

/**
 * Narrows the list of findings. What is chosen stands in the address.
 *
 * @internal
 */
export function FindingFilters(props: {
  teams: Team[];
  rules: RuleDescription[];
}) {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const [more, setMore] = useState(() =>
    rareFilters.some(name => params.has(name)),
  );
  const select = (
    name: string,
    options: Array<{ id: string; label: string }>,
    label: string,
    searchable?: boolean,
  ) => (
    <FilterSelect
      label={label}
      options={withChosen(options, params.getAll(name))}
      value={params.getAll(name)}
      onChange={value => change({ [name]: value })}
      searchable={searchable}
    />
  );

  return (
    <div className={screen.filters}>
      <SearchText label={t('pages.drift.filters.text')} />
      <TeamSelect
        label={t('pages.filters.team')}
        teams={props.teams}
        value={params.get('team') ?? undefined}
        onChange={team => change({ team })}
      />
      {select(
        'severity',
        severities.map(id => ({ id, label: t(`pages.severity.${id}`) })),
        t('pages.drift.filters.severity'),
      )}
      {select(
        'rule',
        props.rules.map(rule => ({ id: rule.id, label: rule.title })),
        t('pages.drift.filters.rule'),
        true,
      )}
      <Button
        className={screen.filterButton}
        variant="tertiary"
        iconStart={<RiFilter3Line />}
        aria-expanded={more}
        onPress={() => setMore(!more)}
      >
        {t(more ? 'pages.drift.filters.less' : 'pages.drift.filters.more')}
      </Button>
      {more && (
        <>
          {select(
            'tier',
            [...tiers, noneKey].map(id => ({
              id,
              label: noneText({ t, name: 'tier', value: id }) ?? id,
            })),
            t('pages.drift.filters.tier'),
          )}
          {select(
            'kind',
            kinds.map(id => ({ id, label: t(`pages.drift.kind.${id}`) })),
            t('pages.drift.filters.kind'),
          )}
          {select(
            'findingState',
            findingStates.map(id => ({
              id,
              label: t(`pages.drift.findingState.${id}`),
            })),
            t('pages.drift.filters.findingState'),
          )}
          {select(
            'state',
            ownershipStates.map(id => ({ id, label: t(`pages.state.${id}`) })),
            t('pages.drift.filters.state'),
          )}
          <Select
            className={screen.filterSelect}
            label={t('pages.drift.filters.waiver')}
            value={params.get('waiver') === 'requested' ? 'requested' : 'any'}
            onChange={key =>
              change({ waiver: key === 'any' ? undefined : String(key) })
            }
            options={[
              { id: 'any', label: t('pages.drift.filters.anyWaiver') },
              {
                id: 'requested',
                label: t('pages.drift.filters.waiverRequested'),
              },
            ]}
          />
          <FilterSelect
            label={t('pages.drift.filters.assignee')}
            options={withChosen(
              props.teams.map(team => ({ id: team.ref, label: team.title })),
              params.getAll('assignee'),
            )}
            value={params.getAll('assignee').slice(0, 1)}
            onChange={value => change({ assignee: value.at(-1) })}
            searchable
          />
          <AgeFilter />
          <SinceFilter name="openedSince" />
          <SinceFilter name="closedSince" />
        </>
      )}
    </div>
  );
}

// A value of the address that is in no list (a tier or kind of this portal's
// own) stays visible and can be taken away.
function withChosen(
  options: Array<{ id: string; label: string }>,
  chosen: string[],
) {
  const known = new Set(options.map(option => option.id));
  return [
    ...options,
    ...chosen
      .filter(value => !known.has(value))
      .map(value => ({ id: value, label: value })),
  ];
}
