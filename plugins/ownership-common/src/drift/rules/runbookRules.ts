import { uncoveredAreas } from '../../runbook';
import type { DriftRule } from '../types';
import { lastingComponents, runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const DAY_MS = 24 * 60 * 60 * 1000;

const EXAMPLE = `spec:
  ownershipContract:
    runbooks:
      - id: rollback
        title: Roll back a release
        url: docs/runbooks/rollback.md
        covers: [deployment, rollback]
        reviewedAt: 2026-09-01
`;

/**
 * Rules about what people do when something has to be done.
 *
 * @internal
 */
export const runbookRules: DriftRule[] = [
  {
    id: 'runbook-missing',
    title: 'There is no runbook',
    why: 'Whoever is called at night starts from nothing, every time.',
    fix: 'Write down the first steps for an incident and name the page under `runbooks` in the contract, or as a link of type `runbook` in the catalog file.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: EXAMPLE,
    evaluate(facts, { requirements }) {
      const { runbooks = [], tier } = facts.effective;
      const { runbookAreas } = requirements(tier);
      if (runbooks.length > 0) {
        return { status: 'pass' };
      }
      if (runbookAreas.length === 0) {
        return { status: 'pass', notAsked: true };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `There is no runbook; ${
            tier ?? 'it'
          } asks for ${runbookAreas.join(', ')}`,
          evidence: [
            {
              label: 'Runbooks',
              value: 'none',
              source: 'contract and catalog links of type runbook',
            },
          ],
          remediation: `Name a runbook under runbooks in ${contractPlace(
            facts,
          )}.`,
        }
      );
    },
  },
  {
    id: 'runbook-coverage',
    title: 'Runbooks leave areas uncovered',
    why: 'There are runbooks, but not for everything that is likely to go wrong in a component of this tier.',
    fix: 'Write a runbook for each uncovered area, or name the area under `covers` of the one that has it.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: ['runbook-missing', ...contractCauses],
    appliesTo: lastingComponents,
    example: `${EXAMPLE}      - id: incident
        title: First steps in an incident
        url: docs/runbooks/incident.md
        covers: [monitoring, incident]
        reviewedAt: 2026-09-01
`,
    evaluate(facts, { requirements }) {
      const { effective } = facts;
      const asked = requirements(effective.tier);
      const uncovered = uncoveredAreas({
        contract: effective,
        requirements: asked,
      });
      if (uncovered.length === 0) {
        return { status: 'pass', notAsked: asked.runbookAreas.length === 0 };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'fail',
          message: `No runbook covers ${uncovered.join(', ')}`,
          evidence: (effective.runbooks ?? []).map((runbook, index) =>
            contractEvidence(facts, {
              field: `runbooks[${index}]`,
              label: runbook.title,
              value: `covers ${
                (runbook.covers ?? []).join(', ') || 'nothing named'
              }`,
            }),
          ),
          remediation: `Cover ${uncovered.join(
            ', ',
          )} under runbooks in ${contractPlace(facts)}.`,
        }
      );
    },
  },
  {
    id: 'runbook-unreachable',
    title: 'A runbook is not where it should be',
    why: 'An address that leads nowhere is found out when the page is needed, which is the worst moment.',
    fix: 'Correct the address of the runbook, or put the page back. The portal opens files of the same repository, and pages of hosts that it may read; of others it says that it does not know.',
    severity: 'medium',
    needsOwner: true,
    appliesTo: lastingComponents,
    example: EXAMPLE,
    evaluate(facts) {
      const { runbooks = [] } = facts.effective;
      const { runbookChecks: checks } = facts;
      if (runbooks.length === 0) {
        return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
      }
      if (!checks) {
        return {
          status: 'unknown',
          reason: 'This portal does not open runbooks',
        };
      }
      const gone = [...runbooks.entries()].filter(
        ([, { url }]) => checks.get(url)?.state === 'gone',
      );
      if (gone.length > 0) {
        const [[, first]] = gone;
        return {
          status: 'fail',
          message:
            gone.length === 1
              ? `The runbook “${first.title}” is not where it should be`
              : `${gone.length} runbooks are not where they should be, one of them “${first.title}”`,
          evidence: gone.map(([index, { title, url }]) =>
            contractEvidence(facts, {
              field: `runbooks[${index}]`,
              label: title,
              value: checks.get(url)?.reason ?? url,
            }),
          ),
          remediation: `Correct the address of ${gone
            .slice(0, 5)
            .map(([, { title }]) => `“${title}”`)
            .join(', ')} under runbooks in ${contractPlace(
            facts,
          )}, or put the page back.`,
        };
      }
      const untold = runbooks.find(
        ({ url }) => checks.get(url)?.state !== 'found',
      );
      if (untold) {
        const reason = checks.get(untold.url)?.reason;
        return {
          status: 'unknown',
          reason: reason
            ? `Whether the runbook “${untold.title}” can be opened is not known: ${reason}`
            : `The runbook “${untold.title}” has not been opened yet`,
        };
      }
      return contractUnreadable(facts) ?? { status: 'pass' };
    },
  },
  {
    id: 'runbook-stale',
    title: 'A runbook is out of date',
    why: 'A runbook that nobody has looked at for long describes a system that no longer exists, and is believed all the same.',
    fix: 'Read the runbook, correct it, and set `reviewedAt` to the day you did.',
    severity: 'medium',
    needsOwner: true,
    appliesTo: lastingComponents,
    example: EXAMPLE,
    evaluate(facts, { now, requirements }) {
      const { runbooks = [], tier } = facts.effective;
      const days = requirements(tier).runbookStaleAfterDays;
      // A review in the future is a slip of the pen and says nothing; a day of
      // grace covers those who are ahead of UTC.
      const dated = runbooks.map((runbook, index) => {
        const time = Date.parse(runbook.reviewedAt ?? '');
        return {
          runbook,
          index,
          reviewed: time <= now.getTime() + DAY_MS ? time : undefined,
        };
      });
      const staleAt = (reviewed: number) => reviewed + days * DAY_MS;
      const stale = dated
        .filter(
          ({ reviewed }) =>
            reviewed !== undefined && staleAt(reviewed) < now.getTime(),
        )
        .sort((a, b) => a.reviewed! - b.reviewed!);

      if (stale.length > 0) {
        const [oldest] = stale;
        // The day, not the age: a finding that says something else every day
        // would be written every day.
        const on = oldest.runbook.reviewedAt?.slice(0, 10);
        return {
          status: 'fail',
          message:
            stale.length === 1
              ? `The runbook “${oldest.runbook.title}” was last reviewed on ${on}`
              : `${stale.length} runbooks are out of date; “${oldest.runbook.title}” was last reviewed on ${on}`,
          evidence: stale.map(({ runbook, index }) => ({
            ...contractEvidence(facts, {
              field: `runbooks[${index}]`,
              label: runbook.title,
              value: `reviewed on ${runbook.reviewedAt}; asked for every ${days} days`,
            }),
            url: runbook.url,
          })),
          remediation: `Review ${stale
            .slice(0, 5)
            .map(({ runbook }) => `“${runbook.title}”`)
            .join(', ')} and set reviewedAt in ${contractPlace(facts)}.`,
        };
      }
      const undated = dated.find(({ reviewed }) => reviewed === undefined);
      if (undated) {
        return {
          status: 'unknown',
          reason: `Nothing says when the runbook “${undated.runbook.title}” was last reviewed`,
        };
      }
      return (
        contractUnreadable(facts) ?? {
          status: 'pass',
          validUntil:
            dated.length > 0
              ? new Date(
                  Math.min(...dated.map(({ reviewed }) => staleAt(reviewed!))) +
                    1,
                )
              : undefined,
        }
      );
    },
  },
];
