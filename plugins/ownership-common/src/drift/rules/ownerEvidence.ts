import { sourceFile } from '../sourceFile';
import type { ComponentFacts, OwnerFact } from '../types';
import type { Evidence } from '../schema';

/**
 * Where the owner of a component is written, and what is written there.
 *
 * @internal
 */
export function ownerEvidence(facts: ComponentFacts): Evidence[] {
  const file = sourceFile(facts.entity);
  const evidence: Evidence[] = [
    {
      label: 'Declared owner',
      value: facts.declaredOwner ?? 'none',
      source: 'catalog, spec.owner',
      url: file?.url,
    },
  ];
  if (facts.owners.length > 0) {
    evidence.push({
      label: facts.owners.length > 1 ? 'Owners' : 'Owner',
      value: facts.owners.map(({ ref }) => ref).join(', '),
      source: 'catalog, ownedBy relations',
    });
  }
  return evidence;
}

/**
 * An owner as people wrote it, where that is no ref and the ref made of it
 * would puzzle them: `john@example.com`, not `group:default/john@example.com`.
 *
 * @internal
 */
export function asWritten(owner: OwnerFact, facts: ComponentFacts): string {
  const { declaredOwner, owners } = facts;
  return declaredOwner !== undefined &&
    owners.length === 1 &&
    /[^\w.:/-]/.test(owner.ref)
    ? declaredOwner
    : owner.ref;
}

/**
 * The sentence that sends people to the place where the owner is written.
 *
 * @internal
 */
export function nameAnOwner(facts: ComponentFacts, what: string): string {
  const file = sourceFile(facts.entity);
  return file
    ? `In ${file.name}, set spec.owner to ${what}.`
    : `Set spec.owner of ${facts.entityRef} to ${what} where the entity is defined.`;
}

/**
 * A catalog file that names its owner as it should.
 *
 * @internal
 */
export const OWNER_EXAMPLE = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
`;
