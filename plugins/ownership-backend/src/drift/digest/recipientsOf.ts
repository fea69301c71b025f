import type {
  ComponentFacts,
  Directory,
  OwnershipState,
} from '@service-ownership/backstage-plugin-ownership-common';
import { groupingsOf } from '../../directory/groupingsOf';
import type { Organisation } from '../../directory/readOrganisation';

/**
 * Who is told about a component: its owners or, where it is orphaned, the
 * closest ones alive above it: the owners of its system, of its domain, then
 * the platform team. Empty where nobody is left to tell.
 */
export function recipientsOf(options: {
  facts: ComponentFacts;
  state: OwnershipState;
  organisation: Organisation;
  platformTeam?: string;
}): string[] {
  const { facts, state, organisation, platformTeam } = options;
  const { directory } = organisation;
  const { system, domain } = groupingsOf(facts.entity, organisation);
  const levels = [
    ...(state === 'orphaned' ? [] : [facts.owners.map(({ ref }) => ref)]),
    system?.ownerRefs ?? [],
    domain?.ownerRefs ?? [],
    platformTeam ? [platformTeam] : [],
  ];
  for (const refs of levels) {
    const living = refs.filter(ref => isAlive(ref, directory));
    if (living.length > 0) {
      return living;
    }
  }
  return [];
}

function isAlive(ref: string, directory: Directory): boolean {
  const principal = directory.get(ref);
  return principal?.kind === 'group'
    ? principal.activeMemberCount > 0
    : principal?.active ?? false;
}
