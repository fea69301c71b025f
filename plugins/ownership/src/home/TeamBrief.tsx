import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Brief } from '@service-ownership/backstage-plugin-ownership-common';
import {
  formatShare,
  SeverityLabel,
  StateLabel,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { PagesLink } from '../entity/PagesLink';
import { sloPath } from '../pages/slo/sloPath';
import { ownershipTranslationRef } from '../translation';

/**
 * One team in three lines: who and how many, the worst finding, the error
 * budget that is nearest to its end.
 *
 * @internal
 */
export function TeamBrief(props: { brief: Brief }) {
  const { brief } = props;
  const { worstFinding, worstSlo } = brief;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const team = encodeURIComponent(brief.ref);
  return (
    <div className={card.tight}>
      <div className={`${card.row} ${card.spread}`}>
        <PagesLink to={`?team=${team}`} className={card.strong}>
          {brief.title}
        </PagesLink>
        <span className={card.small}>
          {[
            t('home.components', { count: brief.components }),
            brief.level ?? t('home.noLevel'),
          ].join(' · ')}
        </span>
      </div>
      {worstFinding ? (
        <div className={card.row}>
          <SeverityLabel severity={worstFinding.severity} />
          <PagesLink
            to={`drift?team=${team}&finding=${encodeURIComponent(
              worstFinding.id,
            )}`}
            className={card.text}
          >
            {t('home.finding', {
              name: worstFinding.entityTitle ?? worstFinding.entityRef,
              message: worstFinding.message,
            })}
          </PagesLink>
          {brief.openFindings > 1 && (
            <span className={card.small}>
              {t('home.moreFindings', { count: brief.openFindings - 1 })}
            </span>
          )}
        </div>
      ) : (
        <div className={card.row}>
          {brief.components > 0 && <StateLabel state="owned" />}
          <span className={card.small}>{t('home.noFinding')}</span>
        </div>
      )}
      {worstSlo && (
        <PagesLink
          to={sloPath(worstSlo)}
          className={`${card.text} ${card.number}`}
        >
          {t(worstSlo.remaining > 0 ? 'home.budget' : 'home.budgetGone', {
            name: worstSlo.entityTitle ?? worstSlo.entityRef,
            slo: worstSlo.slo,
            share: formatShare({ ratio: worstSlo.remaining, language }),
          })}
        </PagesLink>
      )}
    </div>
  );
}
