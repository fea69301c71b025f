import type { DriftRule } from '../types';
import { lastingComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractPlace,
  contractUnreadable,
} from './contractEvidence';

/**
 * Rules about what is promised to users.
 *
 * @internal
 */
export const sloRules: DriftRule[] = [
  {
    id: 'slo-missing',
    title: 'An objective is missing or cannot be read',
    why: 'Without an objective every failure is either an emergency or nobody’s business, and no error budget says which. One that cannot be read is watched by nobody, whatever its authors believe.',
    fix: 'Agree on one objective users would notice and write it as an OpenSLO document under `slos` in the contract.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: `spec:
  ownershipContract:
    slos:
      - name: availability
        budgetingMethod: Occurrences
        timeWindow: [{ duration: 28d, isRolling: true }]
        objectives: [{ target: 0.999 }]
        indicator:
          metadata: { name: availability }
          spec:
            ratioMetric:
              good:
                metricSource:
                  type: Prometheus
                  spec:
                    query: sum(rate(http_requests_total{code!~"5.."}[5m]))
              total:
                metricSource:
                  type: Prometheus
                  spec:
                    query: sum(rate(http_requests_total[5m]))
`,
    evaluate(facts, { requirements }) {
      const { tier } = facts.effective;
      const asked = requirements(tier).slos;
      const broken = facts.sloProblems.length;
      // What Sloth or Pyrra record is an objective, though not in the contract.
      const recorded = facts.sloStatuses.filter(
        ({ discovered }) => discovered,
      ).length;
      const known = facts.slos.length + recorded;
      const enough = known >= asked;
      if (enough && broken === 0) {
        return { status: 'pass', notAsked: asked === 0 };
      }
      const unreadable = contractUnreadable(facts);
      if (unreadable) {
        return unreadable;
      }
      if (facts.unavailable.slo !== undefined) {
        return {
          status: 'unknown',
          reason: `SLOs could not be read: ${facts.unavailable.slo}`,
        };
      }
      const wanted = asked === 1 ? 'an objective' : `${asked} objectives`;
      return {
        status: 'fail',
        message: enough
          ? `${
              broken === 1 ? 'An objective' : `${broken} objectives`
            } that the team wrote down could not be read`
          : `${tier ?? 'It'} asks for ${wanted}; ${
              broken > 0
                ? 'what is written could not be read'
                : `there is ${known || 'none'}`
            }`,
        severity: enough ? 'low' : undefined,
        evidence: [
          contractEvidence(facts, {
            field: 'tier',
            label: 'Tier',
            value: tier ?? 'none',
          }),
          ...facts.sloProblems.map(({ path, message }) => ({
            label: path ? `Problem at ${path}` : 'Problem',
            value: message,
            source: 'SLO document',
          })),
        ],
        remediation:
          broken > 0
            ? `Correct slos in ${contractPlace(facts)}.`
            : `Write ${wanted} under slos in ${contractPlace(facts)}.`,
      };
    },
  },
];
