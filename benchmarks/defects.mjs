/**
 * What can be planted in a component. `of`: the components it makes sense in,
 * by tier of the contract. `plant` changes the component and returns the rules
 * that have to find it, and no others.
 */
export const defects = [
  {
    of: 'any',
    plant({ component, n }) {
      component.spec.owner = `dissolved-${n % 37}`;
      return ['owner-unresolvable'];
    },
  },
  {
    of: 'any',
    plant({ component, n }) {
      component.spec.owner = `empty-${n % 10}`;
      return ['owner-empty-group'];
    },
  },
  {
    of: 'any',
    plant({ component, n }) {
      component.spec.owner = `user:former-${n % 10}`;
      return ['owner-inactive'];
    },
  },
  {
    of: 'any',
    plant({ component, n }) {
      component.spec.owner = ['unknown', 'todo', 'nobody'][n % 3];
      return ['owner-placeholder'];
    },
  },
  {
    of: 'any',
    plant({ component, team }) {
      component.spec.owner = `user:${team.members[0]}`;
      return ['owner-not-a-team', ...missing(component)];
    },
  },
  {
    of: 'tier-3',
    plant({ component }) {
      component.spec.ownershipContract.tier = 'tier-9';
      return ['contract-invalid'];
    },
  },
  {
    of: 'tier-3',
    plant({ component, daysAgo }) {
      component.spec.ownershipContract.review.reviewedAt = daysAgo(200);
      return ['contract-review-overdue'];
    },
  },
  {
    of: 'tier-3',
    plant({ component }) {
      delete component.spec.ownershipContract.runbooks;
      return ['runbook-missing'];
    },
  },
  {
    of: 'tier-2',
    plant({ component }) {
      component.spec.ownershipContract.runbooks.pop();
      return ['runbook-coverage'];
    },
  },
  {
    of: 'tier-2',
    plant({ component, daysAgo }) {
      component.spec.ownershipContract.runbooks[0].reviewedAt = daysAgo(400);
      return ['runbook-stale'];
    },
  },
  {
    of: 'tier-2',
    plant({ component }) {
      delete component.spec.ownershipContract.captain;
      return ['captain-missing'];
    },
  },
  {
    of: 'tier-2',
    plant({ component, n }) {
      component.spec.ownershipContract.captain = `user:default/gone-${n % 50}`;
      return ['captain-left'];
    },
  },
  {
    of: 'tier-2',
    plant({ component, otherTeam }) {
      component.spec.ownershipContract.captain = `user:default/${otherTeam.members[0]}`;
      return ['captain-outside-team'];
    },
  },
  {
    of: 'tier-2',
    plant({ component }) {
      delete component.spec.ownershipContract.onCall;
      return ['on-call-missing'];
    },
  },
  {
    of: 'tier-2',
    plant({ component }) {
      component.spec.ownershipContract.escalation[1].to =
        'group:default/dissolved-1';
      return ['escalation-broken'];
    },
  },
  {
    of: 'tier-2',
    plant({ component }) {
      delete component.spec.ownershipContract.slos;
      return ['slo-missing'];
    },
  },
  {
    of: 'tier-2',
    plant({ component, dependent }) {
      component.spec.lifecycle = 'deprecated';
      dependent.spec.dependsOn = [
        ...(dependent.spec.dependsOn ?? []),
        `component:${component.metadata.name}`,
      ];
      return ['deprecated-with-dependents'];
    },
  },
];

// A component with an owner who answers is asked for a contract like any other.
function missing({ spec }) {
  return spec.type === 'service' && !spec.ownershipContract
    ? ['contract-missing']
    : [];
}
