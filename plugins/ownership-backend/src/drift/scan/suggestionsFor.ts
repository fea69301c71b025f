import {
  suggestOwners,
  type ComponentFacts,
} from '@service-ownership/backstage-plugin-ownership-common';
import { groupingsOf } from '../../directory/groupingsOf';
import type { MissingPrincipals } from '../../directory/MissingPrincipals';
import type { Organisation } from '../../directory/readOrganisation';
import type { ComponentDocument } from '../ComponentDocument';

/**
 * Who could take over an orphaned component, best first.
 */
export function suggestionsFor(options: {
  facts: ComponentFacts;
  organisation: Organisation;
  missing: MissingPrincipals;
  /** Owners of every component of this scan, by ref. */
  ownersByRef: ReadonlyMap<string, string[]>;
}): ComponentDocument['suggestedOwners'] {
  const { facts, organisation, missing, ownersByRef } = options;
  const { system, domain } = groupingsOf(facts.entity, organisation);
  const suggestions = suggestOwners({
    facts,
    directory: organisation.directory,
    systemOwners: system?.ownerRefs,
    domainOwners: domain?.ownerRefs,
    dependentOwners: facts.dependents.flatMap(ref => {
      const owners = ownersByRef.get(ref);
      return owners ? [owners] : [];
    }),
    formerParent: missing.formerParent,
  });
  return suggestions.map(({ ref, title, confidence, reason }) => ({
    ref,
    title,
    confidence,
    reason,
  }));
}
