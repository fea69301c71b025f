import type { PagesText } from '../usePagesTranslation';

/**
 * A range of ages in words.
 *
 * @internal
 */
export function ageText(
  t: PagesText,
  ages: { minAgeDays?: number; maxAgeDays?: number },
): string {
  const { minAgeDays, maxAgeDays } = ages;
  if (minAgeDays && maxAgeDays) {
    return t('pages.drift.filters.betweenDays', {
      from: minAgeDays,
      to: maxAgeDays,
    });
  }
  return maxAgeDays
    ? t('pages.drift.filters.newerThan', { count: maxAgeDays })
    : t('pages.drift.filters.olderThan', { count: minAgeDays ?? 0 });
}
