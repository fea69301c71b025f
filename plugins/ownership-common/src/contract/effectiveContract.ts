import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { CONTRACT_FILE_ANNOTATION } from './annotations';
import { catalogContract } from './catalogContract';
import { isYetToCome } from './reviewDueAt';
import type { EffectiveContract, Provenance } from './schema';
import { tierRequirements, type TierRequirements } from './tierRequirements';
import type { ContractState } from './types';

/**
 * The owner's dated statement that the contract is still right.
 *
 * @public
 */
export interface Attestation {
  /** When it was stated. */
  at: Date;
  /** Ref of who stated it. */
  by: string;
}

/**
 * What is in force for one component: the contract where there is a valid one,
 * else what the catalog says, each field with where it was found.
 *
 * Runbooks of the contract and of the catalog's links stand together. An
 * attestation later than the contract's own review takes its place; one from
 * after `now` does not count.
 *
 * @public
 */
export function effectiveContract(options: {
  entity: Entity;
  state: ContractState;
  /** The OwnershipContract entity, where the contract is one. */
  contractEntity?: Entity;
  attestation?: Attestation;
  now?: Date;
  /** What the tier asks for; the built-in table without. */
  requirements?: (tier: EffectiveContract['tier']) => TierRequirements;
}): EffectiveContract {
  const { entity, state } = options;
  const entityRef = stringifyEntityRef(entity);
  const catalog = catalogContract(entity);
  const provenance: Record<string, Provenance> = {};
  const fields: Partial<EffectiveContract> = { ...catalog.fields };
  for (const [field, location] of Object.entries(catalog.places)) {
    provenance[field] = { source: 'catalog', location, entityRef };
  }

  if (state.contract) {
    const place = contractPlace(options);
    const declared = Object.entries(state.contract).filter(
      ([, value]) => value !== undefined,
    );
    for (const [field, value] of declared) {
      Object.assign(fields, { [field]: value });
      provenance[field] = place(field);
    }
    mergeRunbooks({ fields, catalog: catalog.fields, provenance, entityRef });
  }
  applyAttestation({ ...options, fields, provenance, entityRef });
  applyCadence({ ...options, fields, provenance, entityRef });
  return { ...fields, provenance };
}

function contractPlace(options: {
  entity: Entity;
  state: ContractState;
  contractEntity?: Entity;
}): (field: string) => Provenance {
  const { entity, contractEntity } = options;
  const carrier = contractEntity ?? entity;
  const entityRef =
    options.state.sources[0]?.entityRef ?? stringifyEntityRef(carrier);
  // A path of the machine the portal runs on is nobody's business.
  const file = carrier.metadata.annotations?.[
    CONTRACT_FILE_ANNOTATION
  ]?.replace(/^file:.*[/\\]/, 'file:');
  const fromEntity = options.state.sources[0]?.form === 'entity';
  return field => ({
    source: 'contract',
    location:
      file ??
      (fromEntity ? `spec.${field}` : `spec.ownershipContract.${field}`),
    entityRef,
  });
}

function mergeRunbooks(options: {
  fields: Partial<EffectiveContract>;
  catalog: Partial<EffectiveContract>;
  provenance: Record<string, Provenance>;
  entityRef: string;
}): void {
  const { fields, catalog, provenance, entityRef } = options;
  const declared = fields.runbooks ?? [];
  if (declared === catalog.runbooks || !catalog.runbooks) {
    return;
  }
  const taken = new Set(declared.flatMap(({ id, url }) => [id, url]));
  const linked = catalog.runbooks.filter(
    ({ id, url }) => !taken.has(url) && !taken.has(id),
  );
  fields.runbooks = [...declared, ...linked];
  linked.forEach((_, index) => {
    provenance[`runbooks[${declared.length + index}]`] = {
      source: 'catalog',
      location: 'metadata.links',
      entityRef,
    };
  });
}

function applyAttestation(options: {
  fields: Partial<EffectiveContract>;
  provenance: Record<string, Provenance>;
  entityRef: string;
  attestation?: Attestation;
  now?: Date;
}): void {
  const { attestation, fields, provenance, entityRef, now } = options;
  if (!attestation || (now && attestation.at > now)) {
    return;
  }
  const declaredAt = fields.review?.reviewedAt;
  if (
    declaredAt &&
    new Date(declaredAt) >= attestation.at &&
    !(now && isYetToCome(declaredAt, now))
  ) {
    return;
  }
  fields.review = {
    ...fields.review,
    reviewedAt: attestation.at.toISOString(),
    reviewedBy: attestation.by,
  };
  const place = {
    source: 'attestation',
    location: 'portal',
    entityRef,
  } as const;
  provenance['review.reviewedAt'] = place;
  provenance['review.reviewedBy'] = place;
}

function applyCadence(options: {
  fields: Partial<EffectiveContract>;
  provenance: Record<string, Provenance>;
  entityRef: string;
  state: ContractState;
  requirements?: (tier: EffectiveContract['tier']) => TierRequirements;
}): void {
  const { fields, provenance, entityRef, state } = options;
  if (fields.review?.cadence || !(state.contract || fields.review)) {
    return;
  }
  const requirements =
    options.requirements ?? (tier => tierRequirements({ tier }));
  fields.review = {
    ...fields.review,
    cadence: requirements(fields.tier).reviewCadence,
  };
  provenance['review.cadence'] = {
    source: 'default',
    location: fields.tier ? `tier ${fields.tier}` : 'no tier',
    entityRef,
  };
}
