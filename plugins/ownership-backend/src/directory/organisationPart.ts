import { hash } from 'node:crypto';
import type { Entity } from '@backstage/catalog-model';
import { SLO_ENTITY_KINDS } from '@service-ownership/backstage-plugin-ownership-common';

/** Tells whether an entity says to the organisation what it said before. */
export interface OrganisationMark {
  /** The catalog's own mark of the entity. */
  etag?: string;
  /** Of as much of the entity as the organisation looks at. */
  digest: string;
}

const RELATIONS = new Set([
  'memberOf',
  'hasMember',
  'childOf',
  'parentOf',
  'ownedBy',
  'apiConsumedBy',
  'apiProvidedBy',
]);
const SLO_PART_KINDS = ['SLI', 'DataSource', 'AlertPolicy', 'AlertCondition'];
export const GROUPING_KINDS = ['Group', 'User', 'System', 'Domain'];
export const CONTRACT_KINDS = [
  'OwnershipContract',
  ...SLO_ENTITY_KINDS,
  ...SLO_PART_KINDS,
];

export const GROUPING_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'metadata.etag',
  'spec.type',
  'spec.profile',
  'spec.parent',
  'spec.children',
  'spec.members',
  'spec.memberOf',
  'spec.owner',
  'spec.domain',
  'relations',
];
export const CONTRACT_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec'];
export const API_FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.etag',
  'relations',
];

const fieldsByKind = new Map([
  ...GROUPING_KINDS.map(kind => [lower(kind), GROUPING_FIELDS] as const),
  ...CONTRACT_KINDS.map(kind => [lower(kind), CONTRACT_FIELDS] as const),
  ['api', API_FIELDS] as const,
]);

/** What the organisation looks at in entities of a kind; `undefined` where it looks at none. */
export function organisationFields(kind: string): string[] | undefined {
  return fieldsByKind.get(lower(kind));
}

/**
 * What an entity that was read with the fields of its kind says to the
 * organisation, and its mark; no mark where it says nothing.
 */
export function organisationPart(entity: Entity): {
  seen: Entity;
  mark?: OrganisationMark;
} {
  const { etag, uid: _uid, ...metadata } = entity.metadata;
  // What a team owns changes all the time, and nobody here asks for it.
  const relations = entity.relations?.filter(({ type }) => RELATIONS.has(type));
  const seen: Entity = {
    ...entity,
    metadata,
    ...(relations && { relations }),
  };
  const isSilent =
    lower(entity.kind) === 'api' &&
    !relations?.some(({ type }) => type === 'apiConsumedBy');
  return isSilent ? { seen } : { seen, mark: { etag, digest: digestOf(seen) } };
}

/** Short, and another one for anything else. */
export function digestOf(content: unknown): string {
  return hash('sha1', JSON.stringify(content), 'base64');
}

function lower(kind: string): string {
  return kind.toLocaleLowerCase('en-US');
}
