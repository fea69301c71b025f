import type { ComponentFacts, DriftRule, RuleOutcome } from '../types';
import { lastingComponents, runningComponents } from './appliesTo';
import {
  contractCauses,
  contractEvidence,
  contractUnreadable,
} from './contractEvidence';

const EXAMPLE = `spec:
  ownershipContract:
    dependencies:
      - component: component:default/ledger
        criticality: hard
        fallback: Orders are taken and booked later.
`;

/**
 * Rules about what a component cannot do without. What they know of others is
 * what the last scan stored of them.
 *
 * @internal
 */
export const dependencyRules: DriftRule[] = [
  {
    id: 'dependency-unowned',
    title: 'It cannot work without something nobody answers for',
    why: 'When that breaks, this breaks, and there is nobody to call.',
    fix: 'Find an owner for the dependency together with those who need it as well, or agree on a fallback and call it a soft dependency.',
    severity: 'medium',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: runningComponents,
    example: EXAMPLE,
    evaluate(facts) {
      return aboutDependencies(facts, known => {
        const orphans = [...known].filter(
          ([, { state }]) => state === 'orphaned',
        );
        if (orphans.length > 0) {
          const refs = orphans.map(([ref]) => ref);
          return {
            status: 'fail',
            message: `It cannot work without ${listed(
              refs,
            )}, and nobody answers for ${refs.length === 1 ? 'it' : 'them'}`,
            evidence: refs.map(ref =>
              contractEvidence(facts, {
                field: 'dependencies',
                label: 'Hard dependency',
                value: ref,
              }),
            ),
            remediation: `Find an owner for ${listed(refs)}.`,
          };
        }
        const untold = hardDependencies(facts).find(
          ref => known.get(ref)?.state === undefined,
        );
        return untold === undefined
          ? { status: 'pass' }
          : {
              status: 'unknown',
              reason: `Who answers for ${untold} is not known: no scan has seen it yet, or it is not in the catalog`,
            };
      });
    },
  },
  {
    id: 'dependency-weaker-slo',
    title: 'It promises more than what it depends on',
    why: 'Nothing can be more reliable than what it cannot do without. The objective is kept by luck, until it is not.',
    fix: 'Agree on a stronger objective with the owners of the dependency, add a fallback and call it a soft dependency, or promise less.',
    severity: 'low',
    needsOwner: true,
    consequenceOf: contractCauses,
    appliesTo: lastingComponents,
    example: EXAMPLE,
    evaluate(facts) {
      const own = Math.max(...facts.slos.map(({ objective }) => objective), 0);
      return aboutDependencies(facts, known => {
        // One that promises nothing has a finding of its own, where its tier
        // asks for an objective.
        const weaker = [...known].filter(
          ([, { objective }]) => objective !== undefined && objective < own,
        );
        return weaker.length === 0
          ? { status: 'pass', notAsked: own === 0 }
          : {
              status: 'fail',
              message: `It promises ${percent(
                own,
              )}, and cannot work without ${listed(
                weaker.map(
                  ([ref, { objective }]) => `${ref} (${percent(objective!)})`,
                ),
              )}`,
              evidence: [
                {
                  label: 'Strictest objective',
                  value: percent(own),
                  source: 'SLO document',
                },
                ...weaker.map(([ref, { objective }]) => ({
                  label: `Strictest objective of ${ref}`,
                  value: percent(objective!),
                  source: 'SLI store',
                })),
              ],
              remediation: `Talk to the owners of ${listed(
                weaker.map(([ref]) => ref),
              )}, or promise at most what they do.`,
            };
      });
    },
  },
];

/**
 * Canonical refs of what a component cannot work without, by its contract.
 *
 * @public
 */
export function hardDependencies(
  facts: Pick<ComponentFacts, 'effective' | 'entityRef'>,
): string[] {
  const { dependencies } = facts.effective;
  if (!dependencies) {
    return [];
  }
  return [
    ...new Set(
      dependencies
        .filter(({ criticality }) => criticality === 'hard')
        .map(({ component }) => component)
        .filter(ref => ref !== facts.entityRef),
    ),
  ];
}

function aboutDependencies(
  facts: ComponentFacts,
  judge: (known: NonNullable<ComponentFacts['dependencies']>) => RuleOutcome,
): RuleOutcome {
  if (hardDependencies(facts).length === 0) {
    return contractUnreadable(facts) ?? { status: 'pass', notAsked: true };
  }
  return facts.dependencies
    ? judge(facts.dependencies)
    : {
        status: 'unknown',
        reason: 'What the last scan said of its dependencies is not at hand',
      };
}

function listed(words: readonly string[]): string {
  const more = words.length > 3 ? ` and ${words.length - 3} more` : '';
  return `${words.slice(0, 3).join(', ')}${more}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}
