import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import type { PagesText } from '../usePagesTranslation';

const hour = 3_600;

/**
 * The burn rate over the last hour, or over the window closest to it that has
 * data; absent where none has.
 *
 * @internal
 */
export function burnRateNow(status: SloStatus): number | undefined {
  return status.burnRates
    .filter(rate => rate.burnRate !== undefined)
    .sort(
      (a, b) =>
        Math.abs(a.windowSeconds - hour) - Math.abs(b.windowSeconds - hour),
    )[0]?.burnRate;
}

/**
 * How fast the budget goes, in words.
 *
 * @internal
 */
export function burnWords(options: {
  status: SloStatus;
  t: PagesText;
  duration(seconds: number): string;
}): string {
  const { status, t, duration } = options;
  const rate = burnRateNow(status);
  if (rate === undefined) {
    return t('pages.slo.burnWords.unknown');
  }
  if (rate <= 0) {
    return t('pages.slo.burnWords.none');
  }
  const words = rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
  if (status.budget && status.budget.remaining <= 0) {
    return t('pages.slo.burnWords.gone', { rate: words });
  }
  if (rate <= 1) {
    return t('pages.slo.burnWords.steady', { rate: words });
  }
  return status.exhaustionSeconds === undefined
    ? t('pages.slo.burnWords.fastOnly', { rate: words })
    : t('pages.slo.burnWords.fast', {
        rate: words,
        duration: duration(status.exhaustionSeconds),
      });
}
