import {
  suggestOwners,
  type ComponentFacts,
} from '@service-ownership/backstage-plugin-ownership-common';
import { groupingsOf } from '../../directory/groupingsOf';
import type { MissingPrincipals } from '../../directory/MissingPrincipals';
import type { Organisation } from '../../directory/readOrganisation';
import type { ComponentDocument } from '../ComponentDocument';
import type { OwnerSignals } from '../suggestions/OwnerSignals';

/**
 * Who could take over an orphaned component, best first.
 */
export function suggestionsFor(options: {
  facts: ComponentFacts;
  organisation: Organisation;
  missing: MissingPrincipals;
  /** Owners of every component of this scan, by ref. */
  ownersByRef: ReadonlyMap<string, readonly string[]>;
  /** What the stores know, where they were asked. */
  signals?: OwnerSignals;
}): ComponentDocument['suggestedOwners'] {
  const { facts, organisation, missing, ownersByRef, signals } = options;
  const { heirs, ...others } = signals ?? {};
  const { system, domain } = groupingsOf(facts.entity, organisation);
  return suggestOwners({
    facts,
    directory: organisation.directory,
    systemOwners: system?.ownerRefs,
    domainOwners: domain?.ownerRefs,
    dependentOwners: facts.dependents.flatMap(ref => {
      const owners = ownersByRef.get(ref);
      return owners ? [owners] : [];
    }),
    former: {
      parent: missing.formerParent,
      members: missing.formerMembers,
      heirs: ref => heirs?.get(ref) ?? new Map(),
    },
    ...others,
  });
}
