import type { Overview } from '@service-ownership/backstage-plugin-ownership-common';
import { MoversPanel } from '../scorecard/MoversPanel';
import { useScorecards } from '../scorecard/useScorecards';

/**
 * The biggest movers on the scorecard teams are measured by, over the period
 * of the overview.
 *
 * @internal
 */
export function OverviewMovers(props: { overview: Overview; team?: string }) {
  const { overview, team } = props;
  const [scorecard] = useScorecards().value?.items ?? [];
  return (
    scorecard && (
      <MoversPanel
        scorecard={scorecard}
        team={team}
        since={overview.period.from.slice(0, 10)}
        limit={3}
      />
    )
  );
}
