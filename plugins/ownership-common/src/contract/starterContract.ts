import { parseEntityRef, type Entity } from '@backstage/catalog-model';
import { stringify } from 'yaml';
import { catalogContract } from './catalogContract';
import type { OwnershipContract, Tier } from './schema';
import { tierRequirements, type TierRequirements } from './tierRequirements';

/**
 * A contract to start from, as YAML for a file beside `catalog-info.yaml`:
 * what the catalog knows is filled in, what the tier asks for is there as an
 * example to change. Without a tier it is written for `tier-3`.
 *
 * @public
 */
export function starterContract(options: {
  entity: Entity;
  /** Full ref of the owner, where one is known. */
  ownerRef?: string;
  tier?: Tier;
  requirements?: TierRequirements;
}): string {
  const { entity, ownerRef } = options;
  const known = catalogContract(entity).fields;
  const tier = options.tier ?? known.tier ?? 'tier-3';
  const requirements = options.requirements ?? tierRequirements({ tier });
  const owner = ownerRef ?? 'group:default/your-team';
  const ownerIsGroup = parseEntityRef(owner).kind.toLowerCase() === 'group';
  const { name, title, description } = entity.metadata;

  const contract: OwnershipContract = {
    tier,
    mission:
      description?.trim().slice(0, 2000) ||
      `What ${title ?? name} is for, in a sentence a newcomer understands.`,
    captain: ownerIsGroup ? 'user:default/your-captain' : owner,
    contacts: known.contacts ?? [
      { type: 'slack', value: '#your-team-help', purpose: 'support' },
    ],
  };
  if (requirements.onCall || known.onCall) {
    contract.onCall = known.onCall ?? {
      provider: 'pagerduty',
      ref: 'id of the service or schedule there',
    };
  }
  if (requirements.escalationSteps > 0) {
    contract.escalation = [
      { after: 'PT0M', to: owner },
      { after: 'PT15M', to: 'user:default/your-captain' },
    ].slice(0, Math.max(1, requirements.escalationSteps));
  }
  if (requirements.slos > 0) {
    contract.slos = [exampleSlo(name)];
  }
  if (requirements.errorBudgetPolicy) {
    contract.errorBudgetPolicy = [
      {
        when: { remainingBelow: 0.5 },
        action: 'review',
        description: 'The team looks at what uses the budget up.',
      },
      {
        when: { remainingBelow: 0 },
        action: 'freeze',
        description: 'Only fixes ship.',
      },
    ];
  }
  const runbooks = exampleRunbooks(requirements);
  if (runbooks.length > 0) {
    contract.runbooks = runbooks;
  }
  contract.review = { cadence: requirements.reviewCadence };

  return [
    '# What the owning team answers for. Save it as ownership.yaml beside',
    '# catalog-info.yaml, and point to it there:',
    '#',
    '#   spec:',
    '#     ownershipContract:',
    '#       $yaml: ./ownership.yaml',
    '',
    stringify(contract, { lineWidth: 0 }),
  ].join('\n');
}

function exampleSlo(name: string): Record<string, unknown> {
  return {
    name: 'availability',
    description: `Share of requests ${name} answers without an error.`,
    budgetingMethod: 'Occurrences',
    timeWindow: [{ duration: '28d', isRolling: true }],
    objectives: [{ target: 0.995 }],
  };
}

function exampleRunbooks(
  requirements: TierRequirements,
): NonNullable<OwnershipContract['runbooks']> {
  return requirements.runbookAreas.map(area => ({
    id: area,
    title: `${area[0].toUpperCase()}${area.slice(1)}`,
    url: `docs/runbooks/${area}.md`,
    covers: [area],
  }));
}
