import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { linkTo } from '../screen/linkTo';
import { usePagesTranslation } from '../usePagesTranslation';
import { Tile } from './Tile';
import styles from './Overview.module.css';

/**
 * The six figures, each a door to the list behind it.
 *
 * @internal
 */
export function OverviewTiles(props: { overview: Overview; team?: string }) {
  const { t } = usePagesTranslation();
  const { overview, team } = props;
  const since = overview.period.from;
  const tile = (name: TileName, href: string) => ({
    title: t(`pages.overview.tile.${name}`),
    note: t(`pages.overview.tile.${name}Note`),
    measure: overview[name],
    href,
    since,
  });
  return (
    <ul className={styles.tiles} aria-label={t('pages.overview.tiles')}>
      <Tile
        {...tile('owned', linkTo('components', { state: 'owned', team }))}
        better="up"
      />
      <Tile
        {...tile('orphaned', linkTo('components', { state: 'orphaned', team }))}
        better="down"
        alarming
      />
      <Tile
        {...tile('atRisk', linkTo('components', { state: 'at-risk', team }))}
        better="down"
      />
      <Tile {...tile('slosMet', linkTo('slos', { team }))} better="up" />
      <Tile
        {...tile('budgetLeft', linkTo('slos', { team }))}
        better="up"
        share
      />
      <Tile
        {...tile('reviewsDue', linkTo('components', { reviewDays: 30, team }))}
        better="down"
      />
    </ul>
  );
}

type TileName =
  | 'owned'
  | 'orphaned'
  | 'atRisk'
  | 'slosMet'
  | 'budgetLeft'
  | 'reviewsDue';
