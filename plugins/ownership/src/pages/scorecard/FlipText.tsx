import type { RuleFlip } from '@service-ownership/backstage-plugin-ownership-common';
import { useDates } from '../screen/useDates';
import { usePagesTranslation } from '../usePagesTranslation';

/**
 * A rule that says something else than before, in words: "A captain is named:
 * no longer, since 3 Nov".
 *
 * @internal
 */
export function FlipText(props: {
  flip: Omit<RuleFlip, 'day'>;
  /** Since when. */
  day?: string;
  /** In how many entities. */
  entities?: number;
}) {
  const { t } = usePagesTranslation();
  const { dayInYear } = useDates();
  const { flip, day, entities } = props;
  return (
    <span>
      {t(`pages.scorecard.movers.flip.${flip.to}`, { title: flip.title })}
      {day &&
        ` ${t('pages.scorecard.movers.since', {
          day: dayInYear(day),
        })}`}
      {entities !== undefined &&
        ` ${t('pages.scorecard.movers.inEntities', { count: entities })}`}
    </span>
  );
}
