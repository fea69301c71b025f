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
          'The escalation path works to its end, runbooks are fresh, and nobody depends on what is going away.',
        rules: [
          'captain-outside-team',
          'escalation-broken',
          'runbook-stale',
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
        title: 'Operable',
        description:
          'Whoever is woken up knows what is promised, what to do and whom to call next.',
        rules: [
          'on-call-missing',
          'escalation-broken',
          'slo-missing',
          'runbook-missing',
          'runbook-coverage',
        ],
      },
      {
        id: 'ready',
        title: 'Ready',
        description: 'All of it is written down, confirmed and fresh.',
        rules: [
          ...contractHolds,
          'captain-missing',
          'captain-left',
          'runbook-stale',
        ],
      },
    ],
  },
];
