import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Brief } from '@service-ownership/backstage-plugin-ownership-common';
import {
  formatShare,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import { Figures, type Figure } from './Figures';

/**
 * The figures of a brief as small tiles.
 *
 * @internal
 */
export function BriefFigures(props: { brief: Brief }) {
  const { brief } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const figures: Figure[] = [
    { title: t('directory.group.components'), value: brief.components },
    {
      title: t('directory.group.orphaned'),
      value: brief.byState.orphaned,
      tone: brief.byState.orphaned ? 'bad' : undefined,
    },
    {
      title: t('directory.group.atRisk'),
      value: brief.byState['at-risk'],
      tone: brief.byState['at-risk'] ? 'warning' : undefined,
    },
    {
      title: t('directory.group.reviewsDue'),
      value: brief.reviewsDue,
      tone: brief.reviewsDue ? 'warning' : undefined,
    },
    {
      title: t('directory.scope.worstBudget'),
      value: brief.worstSlo
        ? formatShare({ ratio: brief.worstSlo.remaining, language })
        : t('directory.group.noData'),
      tone: brief.worstSlo && brief.worstSlo.remaining <= 0 ? 'bad' : undefined,
    },
    {
      title: t('directory.group.score'),
      value: brief.level ?? t('directory.scope.noLevel'),
    },
  ];
  return <Figures figures={figures} />;
}
