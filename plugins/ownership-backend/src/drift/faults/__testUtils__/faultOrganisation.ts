import type { Entity } from '@backstage/catalog-model';
import { withEtag } from '../../../__testUtils__/withEtag';
import { catalogEntity, type Spec } from './catalogEntity';

/**
 * `first` and `before` are what earlier scans saw; `after` is what the scan
 * sees that is disturbed.
 */
export type Moment = 'first' | 'before' | 'after';

const TEAMS = 40;
const COMPONENTS = 300;
/** Fewer than count as an outage. */
const DISSOLVED = 3;

/**
 * An organisation in which everything happens between `before` and `after`
 * that can become of a finding: opened, reopened, closed, changed; components
 * that come, go, move, lose their owner or change their contract.
 */
export function faultOrganisation(moment: Moment): Entity[] {
  const entities: Entity[] = [
    catalogEntity('Group', 'platform', { type: 'team', children: [] }),
    catalogEntity('User', 'pat', { memberOf: ['platform'], profile: {} }),
  ];
  const teams = moment === 'after' ? TEAMS - DISSOLVED : TEAMS;
  for (let n = 0; n < teams; n += 1) {
    const group = catalogEntity('Group', `team-${n}`, {
      type: 'team',
      parent: 'platform',
      children: [],
    });
    if (n % 10 === 0) {
      group.metadata.annotations = { 'service-ownership.io/digest': 'weekly' };
    }
    entities.push(
      group,
      catalogEntity('User', `user-${n}`, {
        memberOf: [`team-${n}`],
        profile: {},
      }),
    );
  }
  for (let n = 0; n < 10; n += 1) {
    entities.push(
      catalogEntity('System', `system-${n}`, { owner: 'platform' }),
    );
  }
  const last = moment === 'after' ? COMPONENTS + 20 : COMPONENTS;
  for (let n = 0; n < last; n += 1) {
    const component = componentAt(n, moment);
    if (component) {
      entities.push(component);
    }
  }
  return entities.map(withEtag);
}

/** Refs of components of which a finding is handled by somebody before the scan. */
export function handledComponents(kind: number): string[] {
  return Array.from({ length: COMPONENTS }, (_, n) => n)
    .filter(n => n % 20 === kind && n % 3 !== 0)
    .map(n => `component:default/component-${n}`);
}

function componentAt(n: number, moment: Moment): Entity | undefined {
  const kind = n % 20;
  const after = moment === 'after';
  if (after && kind === 4) {
    return undefined;
  }
  const spec: Spec = {
    type: 'service',
    lifecycle: 'production',
    owner:
      after && kind === 1
        ? 'unknown'
        : `team-${(n * 7 + Math.floor(n / 20)) % TEAMS}`,
    system: `system-${n % 10}`,
    dependsOn: [`component:component-${(n * 3 + 1) % COMPONENTS}`],
  };
  const hasContract =
    (n % 3 === 0 && !(after && kind === 3)) ||
    (after && kind === 2) ||
    (moment === 'before' && kind === 5);
  if (hasContract) {
    spec.ownershipContract = contract(
      after && kind === 7 ? 'tier-1' : 'tier-3',
    );
  }
  return catalogEntity('Component', `component-${n}`, spec, {
    title: `Component ${n}${after && kind === 6 ? ', renamed' : ''}`,
  });
}

function contract(tier: string) {
  return {
    tier,
    mission: 'Takes a cart to a paid order.',
    runbooks: [
      {
        id: 'incident',
        title: 'What to do',
        url: 'https://wiki.example.org/incident',
        covers: ['incident'],
        reviewedAt: '2026-11-01',
      },
    ],
    review: { reviewedAt: '2026-11-01', cadence: 'P180D' },
  };
}
