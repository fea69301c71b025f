import type { DriftRule } from '../types';
import { lastingComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether anybody tried the runbooks that count.
 *
 * @internal
 */
export const drillRule: DriftRule = {
  id: 'runbook-undrilled',
  title: 'A runbook was not tried for long',
  why: 'A runbook that nobody ever followed fails at its third step, at night.',
  fix: 'Follow the runbook once in calm times, correct what was wrong, and set `drilledAt` to the day.',
  severity: 'low',
  needsOwner: true,
  consequenceOf: ['runbook-missing', ...contractCauses],
  appliesTo: lastingComponents,
  example: `spec:
  ownershipContract:
    runbooks:
      - id: rollback
        title: Roll back a release
        url: docs/runbooks/rollback.md
        covers: [deployment, rollback]
        drilledAt: 2026-09-01
`,
  evaluate(facts, { now, requirements }) {
    const { runbooks = [], tier } = facts.effective;
    const { drillWithinDays: days, runbookAreas } = requirements(tier);
    const asked = runbooks.filter(({ covers = [] }) =>
      covers.some(area => runbookAreas.includes(area)),
    );
    if (days === undefined || asked.length === 0) {
      return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
    }
    // A drill in the future is a slip of the pen and says nothing.
    const dated = asked.map(runbook => {
      const time = Date.parse(runbook.drilledAt ?? '');
      return {
        runbook,
        dueAt:
          time <= now.getTime() + DAY_MS ? time + days * DAY_MS : undefined,
      };
    });
    const overdue = dated.filter(
      ({ dueAt }) => dueAt === undefined || dueAt < now.getTime(),
    );
    if (overdue.length === 0) {
      return {
        status: 'pass',
        validUntil: new Date(Math.min(...dated.map(({ dueAt }) => dueAt!)) + 1),
      };
    }
    const [{ runbook: first, dueAt }] = overdue;
    const day = first.drilledAt?.slice(0, 10);
    let told = `“${first.title}” was never tried`;
    if (dueAt !== undefined) {
      told = `“${first.title}” was last tried on ${day}`;
    } else if (day !== undefined) {
      told = `“${first.title}” names a trial on ${day}, which is yet to come`;
    }
    return {
      status: 'fail',
      message:
        overdue.length === 1
          ? `The runbook ${told}`
          : `${overdue.length} runbooks were not tried within ${days} days; ${told}`,
      evidence: overdue.map(({ runbook }) => ({
        ...contractEvidence(facts, {
          field: `runbooks[${runbooks.indexOf(runbook)}]`,
          label: runbook.title,
          value: `${
            runbook.drilledAt ? `tried on ${runbook.drilledAt}` : 'never tried'
          }; asked for every ${days} days`,
        }),
        url: runbook.url,
      })),
      remediation: `Follow ${overdue
        .slice(0, 5)
        .map(({ runbook }) => `“${runbook.title}”`)
        .join(', ')} once and set drilledAt in ${contractPlace(facts)}.`,
    };
  },
};
