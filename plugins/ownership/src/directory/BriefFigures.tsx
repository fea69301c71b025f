import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Brief } from '@service-ownership/backstage-plugin-ownership-common';
import {
  formatShare,
  toneClass,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import { ownershipTranslationRef } from '../translation';
import styles from './Directory.module.css';

/**
 * The figures of a brief as small tiles.
 *
 * @internal
 */
export function BriefFigures(props: { brief: Brief }) {
  const { brief } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const tiles = [
    { title: t('directory.group.components'), value: brief.components },
    {
      title: t('directory.group.orphaned'),
      value: brief.byState.orphaned,
      tone: brief.byState.orphaned ? ('bad' as const) : undefined,
    },
    {
      title: t('directory.group.atRisk'),
      value: brief.byState['at-risk'],
      tone: brief.byState['at-risk'] ? ('warning' as const) : undefined,
    },
    {
      title: t('directory.group.reviewsDue'),
      value: brief.reviewsDue,
      tone: brief.reviewsDue ? ('warning' as const) : undefined,
    },
    {
      title: t('directory.scope.worstBudget'),
      value: brief.worstSlo
        ? formatShare({ ratio: brief.worstSlo.remaining, language })
        : t('directory.group.noData'),
      tone:
        brief.worstSlo && brief.worstSlo.remaining <= 0
          ? ('bad' as const)
          : undefined,
    },
    {
      title: t('directory.group.score'),
      value: brief.level ?? t('directory.scope.noLevel'),
    },
  ];
  return (
    <dl className={styles.tiles}>
      {tiles.map(({ title, value, tone }) => (
        <div key={title} className={styles.tile}>
          <dt>{title}</dt>
          <dd className={tone && `${styles.toned} ${toneClass(tone)}`}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
