import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { SloStatus } from '@service-ownership/backstage-plugin-ownership-common';
import { formatShare } from '../frame/formatShare';
import { useLanguage } from '../frame/useLanguage';
import { ownershipReactTranslationRef } from '../translation';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long the error budget lasts, in words: "Lasts 9 more days at this rate".
 *
 * @public
 */
export function BudgetOutlook(props: {
  slo: Pick<
    SloStatus,
    'budget' | 'exhaustionSeconds' | 'state' | 'reason' | 'window'
  >;
}) {
  const { budget, exhaustionSeconds, state, reason, window } = props.slo;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const language = useLanguage();
  const words = () => {
    if (!budget) {
      const noTraffic = state === 'no-traffic';
      return reason ?? t(noTraffic ? 'budget.noTraffic' : 'budget.noData');
    }
    if (budget.remaining < 0) {
      const share = formatShare({ ratio: -budget.remaining, language });
      return t('budget.overspent', { share });
    }
    if (budget.remaining === 0 || exhaustionSeconds === 0) {
      return t('budget.usedUp');
    }
    if (exhaustionSeconds === undefined) {
      return t('budget.still');
    }
    const windowSeconds =
      (Date.parse(window.end) - Date.parse(window.start)) / 1000;
    if (exhaustionSeconds >= windowSeconds) {
      return t('budget.lastsWindow');
    }
    // Rounded down: a promise is never longer than what is left.
    if (exhaustionSeconds >= 2 * DAY) {
      return t('budget.lastsDays', {
        count: Math.floor(exhaustionSeconds / DAY),
      });
    }
    if (exhaustionSeconds >= HOUR) {
      return t('budget.lastsHours', {
        count: Math.floor(exhaustionSeconds / HOUR),
      });
    }
    return t('budget.lastsMinutes', {
      count: Math.floor(exhaustionSeconds / MINUTE),
    });
  };
  return <>{words()}</>;
}
