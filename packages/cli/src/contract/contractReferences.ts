import type { OwnershipContract } from '@service-ownership/backstage-plugin-ownership-common';
import type { Reference } from '../entity/entityReferences';

/**
 * The people, teams and entities a contract names.
 *
 * @internal
 */
export function contractReferences(contract: OwnershipContract): Reference[] {
  const found: Reference[] = [];
  const add = (path: string, role: string, ref?: string) => {
    if (ref !== undefined) {
      found.push({ path, role, ref });
    }
  };
  add('captain', 'captain', contract.captain);
  for (const [key, ref] of Object.entries(contract.responsibilities ?? {})) {
    add(`responsibilities.${key}`, `answerable for ${key}`, ref);
  }
  for (const [key, ref] of Object.entries(contract.decisionRights ?? {})) {
    add(`decisionRights.${key}`, `decider of ${key}`, ref);
  }
  contract.onCall?.rotation?.participants.forEach((ref, index) =>
    add(`onCall.rotation.participants[${index}]`, 'person on call', ref),
  );
  contract.escalation?.forEach(({ to }, index) =>
    add(`escalation[${index}].to`, 'escalation target', to),
  );
  contract.data?.forEach((data, index) => {
    for (const [field, refs] of [
      ['readers', data.readers],
      ['writers', data.writers],
    ] as const) {
      refs?.forEach((ref, at) =>
        add(`data[${index}].${field}[${at}]`, field.slice(0, -1), ref),
      );
    }
    add(`data[${index}].schemaApprover`, 'approver', data.schemaApprover);
  });
  contract.interfaces?.forEach(({ api }, index) =>
    add(`interfaces[${index}].api`, 'API', api),
  );
  contract.dependencies?.forEach(({ component }, index) =>
    add(`dependencies[${index}].component`, 'dependency', component),
  );
  contract.access?.mitigators?.forEach((ref, index) =>
    add(`access.mitigators[${index}]`, 'mitigator', ref),
  );
  add('review.reviewedBy', 'reviewer', contract.review?.reviewedBy);
  return found;
}

/**
 * The SLO entities a contract names, as they are written.
 *
 * @internal
 */
export function sloReferences(
  contract: OwnershipContract,
): Array<{ path: string; name: string }> {
  const written: unknown[] = contract.slos ?? [];
  return written.flatMap((item, index) => {
    const isMapping = typeof item === 'object' && item !== null;
    const name = isMapping ? (item as { ref?: unknown }).ref : item;
    return typeof name === 'string'
      ? [{ path: `slos[${index}]${isMapping ? '.ref' : ''}`, name }]
      : [];
  });
}
