import type { Shell } from '../command/Shell';
import { showControls } from '../command/showControls';
import { UsageError } from '../command/UsageError';
import type { Portal } from '../portal/Portal';

/**
 * A team nobody knows has no findings either: a typing error must not look like
 * a clean slate.
 *
 * @throws UsageError where it is not in the catalog and owns nothing
 * @internal
 */
export async function checkTeam(options: {
  portal: Portal;
  /** As in a filter of findings; `none` is no team. */
  team?: string;
  shell: Shell;
}): Promise<void> {
  const { portal, team, shell } = options;
  if (team === undefined || team === 'none') {
    return;
  }
  let isMissing: boolean;
  try {
    isMissing = (await portal.missingEntities([team])).has(team);
  } catch (error) {
    shell.stderr.write(
      `Whether there is a team ${team} could not be found out: ${showControls(
        (error as Error).message,
      )}\n`,
    );
    return;
  }
  if (!isMissing) {
    return;
  }
  const { totals } = await portal.ownership.getDriftSummary({
    groupBy: 'severity',
    team,
    findingState: ['open', 'acknowledged', 'snoozed', 'waived'],
  });
  if (totals.findings === 0) {
    throw new UsageError(
      `There is no ${team} in the portal, and nothing names it as owner.`,
    );
  }
}
