import { Select } from '@backstage/ui';
import { ageBuckets } from '@service-ownership/backstage-plugin-ownership-common';
import { useUrlQuery } from '../screen/useUrlQuery';
import { usePagesTranslation } from '../usePagesTranslation';
import { ageText } from './ageText';
import screen from '../screen/Screen.module.css';

interface Ages {
  minAgeDays?: number;
  maxAgeDays?: number;
}

const older: Ages[] = [7, 30, 90, 180].map(minAgeDays => ({ minAgeDays }));
const newer: Ages[] = [1, 7, 30].map(maxAgeDays => ({ maxAgeDays }));
const between: Ages[] = ageBuckets
  .filter(bucket => bucket.minAgeDays > 0 && bucket.maxAgeDays)
  .map(({ minAgeDays, maxAgeDays }) => ({ minAgeDays, maxAgeDays }));

/**
 * How old a finding is at least, or at most.
 *
 * @internal
 */
export function AgeFilter() {
  const { t } = usePagesTranslation();
  const { params, change } = useUrlQuery();
  const chosen: Ages = {
    minAgeDays: Number(params.get('minAgeDays')) || undefined,
    maxAgeDays: Number(params.get('maxAgeDays')) || undefined,
  };
  const offered = [...newer, ...between, ...older];
  const known = offered.some(ages => idOf(ages) === idOf(chosen));
  const options =
    known || idOf(chosen) === ':' ? offered : [chosen, ...offered];
  return (
    <Select
      className={screen.filterSelect}
      label={t('pages.drift.filters.age')}
      value={idOf(chosen)}
      onChange={key => {
        const [minAgeDays, maxAgeDays] = String(key).split(':');
        change({ minAgeDays, maxAgeDays });
      }}
      options={[
        { id: ':', label: t('pages.drift.filters.anyAge') },
        ...options.map(ages => ({ id: idOf(ages), label: ageText(t, ages) })),
      ]}
    />
  );
}

function idOf({ minAgeDays, maxAgeDays }: Ages): string {
  return `${minAgeDays ?? ''}:${maxAgeDays ?? ''}`;
}
