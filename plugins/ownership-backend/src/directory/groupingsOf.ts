import type { Entity } from '@backstage/catalog-model';
import { normalizeRef } from '@service-ownership/backstage-plugin-ownership-common';
import type { Grouping, Organisation } from './readOrganisation';

/**
 * The system and the domain a component is part of, by what it says itself;
 * the domain of the system where it names none.
 */
export function groupingsOf(
  entity: Entity,
  organisation: Organisation,
): {
  systemRef?: string;
  domainRef?: string;
  system?: Grouping;
  domain?: Grouping;
} {
  const { groupings } = organisation;
  const { namespace, name } = entity.metadata;
  const systemRef =
    entity.kind.toLocaleLowerCase('en-US') === 'system'
      ? normalizeRef(name, { kind: 'system', namespace })
      : normalizeRef(entity.spec?.system, { kind: 'system', namespace });
  const system = groupings.get(systemRef ?? '');
  const domainRef =
    normalizeRef(entity.spec?.domain, { kind: 'domain', namespace }) ??
    system?.domainRef;
  return {
    systemRef,
    domainRef,
    system,
    domain: groupings.get(domainRef ?? ''),
  };
}
