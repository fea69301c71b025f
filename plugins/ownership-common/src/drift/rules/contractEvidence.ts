import { sourceFile } from '../sourceFile';
import type { Evidence } from '../schema';
import type { ComponentFacts, RuleOutcome } from '../types';

/**
 * Where the contract of a component is, for people who have to change it.
 *
 * @internal
 */
export function contractPlace(facts: ComponentFacts): string {
  const [source] = facts.contract.sources;
  if (source?.form === 'entity') {
    return `the contract ${source.entityRef}`;
  }
  const file = sourceFile(facts.entity);
  const entity = file ? file.name : facts.entityRef;
  return source?.form === 'file'
    ? `the contract file named in ${entity}`
    : `spec.ownershipContract in ${entity}`;
}

/**
 * What was found under one field of the effective contract, and where.
 *
 * @internal
 */
export function contractEvidence(
  facts: ComponentFacts,
  options: { field: string; label: string; value: string },
): Evidence {
  const { field, label, value } = options;
  const { provenance } = facts.effective;
  const place = provenance[field] ?? provenance[field.split(/[.[]/)[0]];
  return {
    label,
    value,
    source: place ? `${place.source}, ${place.location}` : 'contract',
  };
}

/**
 * The answer of a rule that cannot read the contract just now; `undefined`
 * where it can.
 *
 * @internal
 */
export function contractUnreadable(
  facts: ComponentFacts,
): RuleOutcome | undefined {
  const { status, errors } = facts.contract;
  if (status !== 'unreadable') {
    return undefined;
  }
  const reason = facts.unavailable.contract ?? errors[0]?.message;
  return {
    status: 'unknown',
    reason: `The contract could not be read: ${reason ?? 'no reason given'}`,
  };
}

/**
 * Rules about the contract as a whole: where one of them fails, nothing can
 * be said of what the contract should contain.
 *
 * @internal
 */
export const contractCauses = [
  'contract-duplicate',
  'contract-invalid',
  'contract-missing',
] as const;
