import { Select } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { parseEntityRef } from '@backstage/catalog-model';
import type {
  SloFilter,
  SloRollup,
  SloState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { SearchText } from '../screen/SearchText';
import { TeamSelect } from '../screen/TeamSelect';
import { useTeams } from '../screen/TeamsProvider';
import { useUrlQuery } from '../screen/useUrlQuery';
import { useCount } from '../screen/useCount';
import { usePagesTranslation } from '../usePagesTranslation';
import { SloStateFilter } from './SloStateFilter';
import { useSloRollup } from './useSlos';
import screen from '../screen/Screen.module.css';
import styles from './SloFleet.module.css';

const all = 'all';

/**
 * What narrows the SLOs; all of it is kept in the address.
 *
 * @internal
 */
export function SloFilters(props: {
  filter: SloFilter;
  /** What each state and the alerts would leave. */
  summary?: { byState: Partial<Record<SloState, number>>; firing?: number };
}) {
  const { t } = usePagesTranslation();
  const number = useCount();
  const { change } = useUrlQuery();
  const teams = useTeams();
  const { filter, summary } = props;
  const firing = summary?.firing ?? 0;
  return (
    <div className={`${screen.filters} ${screen.filterRow}`}>
      <SearchText label={t('pages.slo.search')} />
      <TeamSelect
        label={t('pages.filters.team')}
        teams={teams}
        value={filter.team}
        onChange={team => change({ team })}
      />
      <GroupingSelect filter={filter} />
      <div className={styles.chipRow}>
        <SloStateFilter
          byState={summary?.byState ?? {}}
          chosen={filter.state ?? []}
          onChange={state => change({ state })}
        />
        {(firing > 0 || filter.firing) && (
          <button
            type="button"
            className={`${screen.chip} ${styles.chip}`}
            aria-pressed={filter.firing !== undefined}
            onClick={() =>
              change({ firing: filter.firing ? undefined : 'any' })
            }
          >
            {t(`pages.slo.firingChip.${filter.firing ?? 'any'}`)}{' '}
            <strong className={screen.number}>{number(firing)}</strong>
          </button>
        )}
        {filter.entityRef && (
          <button
            type="button"
            className={`${screen.chip} ${styles.chip}`}
            aria-pressed
            aria-label={t('pages.slo.dropComponent', {
              component: filter.entityRef,
            })}
            onClick={() => change({ entityRef: undefined })}
          >
            {nameOf(filter.entityRef)}
            <RiCloseLine size={14} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}

/** A system or a domain: those that have SLOs. */
function GroupingSelect(props: { filter: SloFilter }) {
  const { t } = usePagesTranslation();
  const { change } = useUrlQuery();
  const { system, domain } = props.filter;
  const none: SloFilter = {};
  const systems = useSloRollup({ filter: none, groupBy: 'system' });
  const domains = useSloRollup({ filter: none, groupBy: 'domain' });
  const chosen = system ?? domain;
  const options = (rollup?: SloRollup) =>
    (rollup?.items ?? [])
      .filter(({ slos }) => slos > 0)
      .map(({ ref, title }) => ({ id: ref, label: title }));
  const sections = [
    {
      title: t('pages.slo.rollup.domains'),
      options: options(domains.value),
    },
    {
      title: t('pages.slo.rollup.systems'),
      options: options(systems.value),
    },
  ].filter(section => section.options.length > 0);
  const known = sections.some(section =>
    section.options.some(({ id }) => id === chosen),
  );
  if (sections.length === 0 && !chosen) {
    return null;
  }
  return (
    <Select
      className={screen.teamSelect}
      label={t('pages.slo.grouping')}
      search={{ placeholder: t('pages.slo.findGrouping') }}
      value={chosen ?? all}
      onChange={key => {
        const ref = key === all ? undefined : String(key);
        const isDomain = ref?.startsWith('domain:');
        change({
          system: isDomain ? undefined : ref,
          domain: isDomain ? ref : undefined,
        });
      }}
      options={[
        { id: all, label: t('pages.slo.everySystem') },
        // One of a shared link stays chosen, whether it has SLOs or not.
        ...(chosen && !known ? [{ id: chosen, label: nameOf(chosen) }] : []),
        ...sections,
      ]}
    />
  );
}

function nameOf(ref: string): string {
  try {
    return parseEntityRef(ref).name;
  } catch {
    return ref;
  }
}
