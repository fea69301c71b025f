import {
  severitySchema,
  type FindingFilter,
  type Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import { exitCodes } from '../command/Command';
import type { Shell } from '../command/Shell';
import type { Portal } from '../portal/Portal';

/**
 * Severities, worst first.
 *
 * @internal
 */
export const severities = severitySchema.options;

/**
 * Says how many findings of a severity or worse are open. Snoozed, waived and
 * closed ones do not count.
 *
 * @param options.failOn - without it nothing is asked and nothing fails
 * @returns the exit code
 * @internal
 */
export async function failOnOpenFindings(options: {
  portal: Portal;
  failOn?: Severity;
  /** Which findings are meant; all without. */
  filter?: FindingFilter;
  shell: Shell;
}): Promise<number> {
  const { portal, failOn, filter = {}, shell } = options;
  if (failOn === undefined) {
    return exitCodes.fine;
  }
  const severity = severities.slice(0, severities.indexOf(failOn) + 1);
  const asked = filter.severity
    ? severity.filter(known => filter.severity!.includes(known))
    : severity;
  // What was filtered out is not looked for; without any severity there is
  // nothing to ask about.
  const { totals, items, hidden } =
    asked.length === 0
      ? { totals: { findings: 0, components: 0 }, items: [], hidden: 0 }
      : await portal.ownership.getDriftSummary({
          groupBy: 'severity',
          ...filter,
          // Only what stands fails a build, whatever a view shows beside it.
          findingState: ['open', 'acknowledged'],
          closedSince: undefined,
          severity: asked,
        });
  if (hidden > 0) {
    shell.stderr.write(
      hidden === 1
        ? '1 component is not counted: the token may not see it.\n'
        : `${hidden} components are not counted: the token may not see them.\n`,
    );
  }
  const wanted = severity.length > 1 ? `${failOn} or worse` : failOn;
  if (totals.findings === 0) {
    shell.stderr.write(`No open finding is ${wanted}.\n`);
    return exitCodes.fine;
  }
  const parts = severity
    .map(key => ({
      key,
      findings: items.find(item => item.key === key)?.findings ?? 0,
    }))
    .filter(({ findings }) => findings > 0)
    .map(({ key, findings }) => `${findings} ${key}`)
    .join(', ');
  shell.stderr.write(
    `${totals.findings} open ${
      totals.findings === 1 ? 'finding is' : 'findings are'
    } ${wanted} (${parts}), on ${totals.components} ${
      totals.components === 1 ? 'component' : 'components'
    }.\n`,
  );
  return exitCodes.problems;
}
