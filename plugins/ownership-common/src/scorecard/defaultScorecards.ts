import type { Scorecard } from './schema';

const accountableOwner = [
  'owner-missing',
  'owner-placeholder',
  'owner-unresolvable',
  'owner-empty-group',
  'owner-inactive',
  'owner-not-a-team',
  'owner-multiple',
];

const contractHolds = [
  'contract-missing',
  'contract-invalid',
  'contract-duplicate',
  'contract-review-overdue',
];

/**
 * The scorecards every portal starts with, made of the built-in drift rules.
 *
 * @public
 */
export const defaultScorecards: readonly Scorecard[] = [
  {
    id: 'service-ownership-maturity',
    title: 'Service ownership maturity',
    description:
      'How far a team has come from being named as owner to running its component by its own promises.',
    levels: [
      {
        id: 'beginner',
        title: 'Beginner',
        description:
          'One existing team with people in it answers for the component, and there is a runbook.',
        rules: [...accountableOwner, 'source-orphaned', 'runbook-missing'],
      },
      {
        id: 'intermediate',
        title: 'Intermediate',
        description:
          'A reviewed contract names a captain, an on-call rotation and an SLO, and the runbooks cover what the tier asks for.',
        rules: [
          ...contractHolds,
          'captain-missing',
          'captain-left',
          'on-call-missing',
          'slo-missing',
          'runbook-coverage',
        ],
      },
      {
        id: 'advanced',
        title: 'Advanced',
        description:
          'The escalation path works to its end, runbooks are fresh and tried, costs keep to their budget, and what it depends on is answered for.',
        rules: [
          'captain-outside-team',
          'escalation-broken',
          'runbook-stale',
          'runbook-undrilled',
          'budget-policy-missing',
          'cost-over-budget',
          'interface-no-compatibility',
          'dependency-unowned',
          'deprecated-with-dependents',
        ],
      },
    ],
  },
  {
    id: 'production-readiness',
    title: 'Production readiness',
    description:
      'What has to be in place before customers depend on a component.',
    levels: [
      {
        id: 'answered-for',
        title: 'Answered for',
        description: 'Somebody can be asked, and the source is known.',
        rules: [...accountableOwner, 'source-orphaned'],
      },
      {
        id: 'operable',
        title: 'Ready for a trial run',
        description:
          'Before production: objectives are set, there is a way back, and whoever is woken up knows what to do, gets in, and knows whom to call next.',
        rules: [
          'slo-missing',
          'runbook-missing',
          // Deployment, monitoring, incident and rollback, as the tier asks for.
          'runbook-coverage',
          'on-call-missing',
          'escalation-broken',
          'access-missing',
        ],
      },
      {
        id: 'ready',
        title: 'Ready for customers',
        description:
          'In production: the promise is published and measured, the ways back were tried, the costs can be told apart, and all of it is confirmed and fresh.',
        rules: [
          ...contractHolds,
          'captain-missing',
          'captain-left',
          'slo-no-data',
          'slo-target-unrealistic',
          'budget-policy-missing',
          'cost-untagged',
          'runbook-undrilled',
          'backup-untested',
          'runbook-stale',
        ],
      },
    ],
  },
];
