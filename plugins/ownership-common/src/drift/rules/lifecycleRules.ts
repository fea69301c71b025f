import type { DriftRule } from '../types';
import { endingLifecycles } from './appliesTo';

/**
 * Rules about things on their way in or out.
 *
 * @internal
 */
export const lifecycleRules: DriftRule[] = [
  {
    id: 'deprecated-with-dependents',
    title: 'It is deprecated, and others still depend on it',
    why: 'Somebody plans to switch off what others need. They will find out on the day.',
    fix: 'Move the dependents to the successor, or keep the component and its lifecycle as it is.',
    severity: 'medium',
    defaults: {
      /** Values of `spec.lifecycle` that announce the end. */
      lifecycles: endingLifecycles,
    },
    example: `spec:
  lifecycle: deprecated   # and no dependsOn or consumesApis of others names it
`,
    evaluate(facts, context) {
      const lifecycle = facts.effective.lifecycle;
      const ending = context.parameters.lifecycles.some(
        end => end.toLowerCase() === lifecycle?.trim().toLowerCase(),
      );
      const { dependents } = facts;
      if (!ending || dependents.length === 0) {
        return { status: 'pass' };
      }
      const more =
        dependents.length > 3 ? ` and ${dependents.length - 3} more` : '';
      return {
        status: 'fail',
        message: `It is ${lifecycle}, but ${dependents
          .slice(0, 3)
          .join(', ')}${more} still ${
          dependents.length === 1 ? 'depends' : 'depend'
        } on it`,
        evidence: [
          {
            label: 'Lifecycle',
            value: lifecycle ?? '',
            source: 'catalog, spec.lifecycle',
          },
          ...dependents.map(ref => ({
            label: 'Depends on it',
            value: ref,
            source: 'catalog, relations',
          })),
        ],
        remediation: `Agree with the owners of ${dependents
          .slice(0, 3)
          .join(', ')}${more} on when they move away.`,
      };
    },
  } satisfies DriftRule<{ lifecycles: string[] }>,
];
