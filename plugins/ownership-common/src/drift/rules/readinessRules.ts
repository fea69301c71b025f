import type { ComponentFacts, DriftRule } from '../types';
import { allTiers } from '../../contract/tierRequirements';
import { lastingComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Runbook areas that say how data comes back. */
const RECOVERY_AREAS = ['recovery', 'failover', 'backup', 'restore'];

/** How often a way back is tried where the tier asks for no drills: once a year. */
const YEARLY = 365;

/**
 * Rules about what has to be in place before customers depend on a component,
 * beside those about runbooks, SLOs and people. They ask nothing of a
 * component without a contract: that there is none is said already.
 *
 * @internal
 */
export const readinessRules: DriftRule[] = [
  {
    id: 'access-missing',
    title: 'Nobody is named who may get in during an incident',
    why: 'Whoever is called at night loses the first half hour asking for access.',
    fix: 'Name the groups that may act in production under `access.mitigators` in the contract, and where emergency access is asked for under `access.breakGlass`.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: `spec:
  ownershipContract:
    tier: tier-1
    access:
      mitigators: [group:default/payments]
      breakGlass: https://access.example.org/checkout
`,
    defaults: {
      /** Tiers that have to name somebody. */
      tiers: ['tier-1'],
    },
    accepts: { tiers: allTiers },
    evaluate(facts, { parameters }) {
      const { tier, access } = facts.effective;
      if (!hasContract(facts) || !tier || !parameters.tiers.includes(tier)) {
        return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
      }
      if (access?.mitigators?.length) {
        return { status: 'pass' };
      }
      return {
        status: 'fail',
        message: `No group is named that may act in production, as ${tier} asks for`,
        evidence: [
          contractEvidence(facts, {
            field: 'access',
            label: 'access.mitigators',
            value: access?.breakGlass
              ? `none; emergency access: ${access.breakGlass}`
              : 'none',
          }),
        ],
        remediation: `Name the groups under access.mitigators in ${contractPlace(
          facts,
        )}.`,
      };
    },
  } satisfies DriftRule<{ tiers: string[] }>,
  {
    id: 'backup-untested',
    title: 'Nobody has tried to get the data back',
    why: 'A backup is worth what the last restore showed. This component is the only source of its data.',
    fix: 'Restore once in calm times by a runbook that covers `recovery`, and set its `drilledAt` to the day.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: `spec:
  ownershipContract:
    data:
      - name: orders
        classification: confidential
        sourceOfTruth: true
    runbooks:
      - id: restore
        title: Restore the orders
        url: docs/runbooks/restore.md
        covers: [recovery]
        drilledAt: 2026-09-01
`,
    defaults: {
      /** Tiers whose data have to be restored now and then. */
      tiers: ['tier-1'],
    },
    accepts: { tiers: allTiers },
    evaluate(facts, { now, requirements, parameters }) {
      const { data = [], runbooks = [], tier } = facts.effective;
      const own = data.filter(({ sourceOfTruth }) => sourceOfTruth);
      if (
        !hasContract(facts) ||
        own.length === 0 ||
        !tier ||
        !parameters.tiers.includes(tier)
      ) {
        return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
      }
      const days = requirements(tier).drillWithinDays ?? YEARLY;
      // A drill in the future is a slip of the pen and says nothing.
      const tried = runbooks
        .filter(({ covers = [] }) =>
          covers.some(area => RECOVERY_AREAS.includes(area)),
        )
        .map(({ drilledAt = '' }) => Date.parse(drilledAt))
        .filter(time => time <= now.getTime() + DAY_MS);
      const until = Math.max(...tried) + days * DAY_MS;
      if (until >= now.getTime()) {
        return { status: 'pass', validUntil: new Date(until + 1) };
      }
      return {
        status: 'fail',
        message:
          tried.length === 0
            ? `Nobody has tried to restore ${own[0].name}, of which this is the only source`
            : `Restoring ${own[0].name} was last tried on ${new Date(
                Math.max(...tried),
              )
                .toISOString()
                .slice(0, 10)}`,
        evidence: own.map(({ name }) =>
          contractEvidence(facts, {
            field: 'data',
            label: name,
            value: `source of truth; a restore is asked for every ${days} days`,
          }),
        ),
        remediation: `Restore once by a runbook that covers recovery, and set its drilledAt in ${contractPlace(
          facts,
        )}.`,
      };
    },
  } satisfies DriftRule<{ tiers: string[] }>,
];

function hasContract({ contract }: ComponentFacts): boolean {
  return contract.status === 'valid';
}
