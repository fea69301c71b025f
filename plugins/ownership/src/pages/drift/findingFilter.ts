import type {
  FindingFilter,
  FindingState,
  OwnershipState,
  Severity,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { UrlChanges } from '../screen/useUrlQuery';

/** Worst first. @internal */
export const severities: readonly Severity[] = [
  'critical',
  'high',
  'medium',
  'low',
];

/** @internal */
export const findingStates: readonly FindingState[] = [
  'open',
  'acknowledged',
  'snoozed',
  'waived',
  'closed',
];

/** @internal */
export const ownershipStates: readonly OwnershipState[] = [
  'orphaned',
  'at-risk',
  'unknown',
  'owned',
];

/** @internal */
export const tiers = ['tier-1', 'tier-2', 'tier-3', 'tier-4'];

/** @internal */
export const kinds = ['component', 'api', 'system', 'resource'] as const;

/**
 * Parameters of the address that narrow the list, named like those of the API.
 *
 * @internal
 */
export const filterNames = [
  'team',
  'ownerRef',
  'entityRef',
  'rule',
  'severity',
  'tier',
  'kind',
  'findingState',
  'state',
  'assignee',
  'waiver',
  'minAgeDays',
  'maxAgeDays',
  'openedSince',
  'closedSince',
  'text',
] as const;

/**
 * The filter an address asks for. Values the API does not know are left out:
 * an old link shows more rather than an error.
 *
 * @internal
 */
export function findingFilterOf(params: URLSearchParams): FindingFilter {
  const one = (name: string) => params.get(name)?.trim() || undefined;
  const many = (name: string) => {
    const values = params.getAll(name).filter(Boolean);
    return values.length > 0 ? values : undefined;
  };
  const known = <T extends string>(name: string, allowed: readonly T[]) => {
    const values = allowed.filter(value => params.getAll(name).includes(value));
    return values.length > 0 ? values : undefined;
  };
  const days = (name: string) => {
    const age = Number(params.get(name));
    return Number.isFinite(age) && age > 0 ? age : undefined;
  };
  return {
    team: one('team'),
    ownerRef: one('ownerRef'),
    entityRef: one('entityRef'),
    rule: many('rule'),
    severity: known('severity', severities),
    tier: many('tier'),
    kind: many('kind'),
    findingState: known('findingState', findingStates),
    state: known('state', ownershipStates),
    assignee: one('assignee'),
    waiver: one('waiver') === 'requested' ? 'requested' : undefined,
    minAgeDays: days('minAgeDays'),
    maxAgeDays: days('maxAgeDays'),
    openedSince: momentOf(one('openedSince')),
    closedSince: momentOf(one('closedSince')),
    text: one('text')?.slice(0, 200),
  };
}

/**
 * Changes that take every filter away.
 *
 * @internal
 */
export function withoutFilters(): UrlChanges {
  return Object.fromEntries(filterNames.map(name => [name, undefined]));
}

function momentOf(text: string | undefined): string | undefined {
  const time = text ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
