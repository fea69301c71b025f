import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import {
  formatShare,
  useLanguage,
} from '@service-ownership/backstage-plugin-ownership-react';
import type { Tone } from '@service-ownership/backstage-plugin-ownership-react';
import card from '../entity/Card.module.css';
import { ownershipTranslationRef } from '../translation';
import { Figures, type Figure } from './Figures';

/**
 * The figures of a group. What is not known is said to be unknown.
 *
 * @internal
 */
export function GroupFigures(props: {
  team: string;
  components: number;
  overview?: Overview;
}) {
  const { components, overview } = props;
  const { t } = useTranslationRef(ownershipTranslationRef);
  const language = useLanguage();
  const number = (value: number | undefined) =>
    value === undefined
      ? t('directory.group.noData')
      : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(
          value,
        );
  const team = overview?.teams.find(({ ref }) => ref === props.team);
  const bad = (value: number | undefined, tone: Tone) =>
    value ? tone : undefined;
  const tiles: Figure[] = [
    { title: t('directory.group.components'), value: number(components) },
    ...(overview
      ? [
          {
            title: t('directory.group.orphaned'),
            value: number(overview.orphaned.value),
            tone: bad(overview.orphaned.value, 'bad'),
          },
          {
            title: t('directory.group.atRisk'),
            value: number(overview.atRisk.value),
            tone: bad(overview.atRisk.value, 'warning'),
          },
          {
            title: t('directory.group.slosMet'),
            value:
              overview.slosMet.value === undefined
                ? t('directory.group.noData')
                : t('directory.group.ofTotal', {
                    value: String(overview.slosMet.value),
                    total: String(overview.slosMet.of ?? '?'),
                  }),
          },
          {
            title: t('directory.group.reviewsDue'),
            value: number(overview.reviewsDue.value),
            tone: bad(overview.reviewsDue.value, 'warning'),
          },
        ]
      : []),
    ...(team?.score === undefined
      ? []
      : [
          {
            title: t('directory.group.score'),
            value: formatShare({ ratio: team.score, language }),
          },
        ]),
    ...(team?.load === undefined
      ? []
      : [
          {
            title: t('directory.group.load'),
            value: number(team.load),
            tone: team.overloaded ? ('warning' as const) : undefined,
          },
        ]),
  ];
  const notes = [
    ...(team?.overloaded ? [t('directory.group.overloaded')] : []),
    ...(overview?.hidden
      ? [t('directory.group.hidden', { count: overview.hidden })]
      : []),
  ];
  return (
    <>
      <Figures figures={tiles} />
      {notes.length > 0 && (
        <span className={card.small}>{notes.join(' ')}</span>
      )}
    </>
  );
}
