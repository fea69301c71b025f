import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ScorecardResult } from '@service-ownership/backstage-plugin-ownership-common';
import card from '../entity/Card.module.css';
import { useDates } from '../pages/screen/useDates';
import { ownershipTranslationRef } from '../translation';
import { levelTitle } from './rungs';

const SHOWN = 2;

/**
 * Since when it has been on its level, where it was before, and why:
 * "Intermediate since 3 Nov; was Beginner. A captain is named now".
 *
 * @internal
 */
export function LastMove(props: { result: ScorecardResult }) {
  const { t } = useTranslationRef(ownershipTranslationRef);
  const dates = useDates();
  const { lastMove, level } = props.result;
  if (!lastMove) {
    return null;
  }
  const levelName = (id: string | undefined, title?: string) =>
    id === undefined || id === 'none' || id === 'unknown'
      ? t('scorecard.card.move.none')
      : title ?? levelTitle(id);
  const reasons = lastMove.reasons
    .slice(0, SHOWN)
    .map(reason =>
      t(`scorecard.card.move.flip.${reason.to}`, { title: reason.title }),
    );
  return (
    <p className={card.small}>
      {t('scorecard.card.move.since', {
        level: levelName(level),
        day: dates.dayInYear(lastMove.day),
        from: levelName(lastMove.from, lastMove.fromTitle),
      })}
      {': '}
      {reasons.join(' · ') || t('scorecard.card.move.noReason')}
    </p>
  );
}
