import type { Knex } from 'knex';
import { whereIn } from '../api/whereVisible';

/**
 * A statement that a contract is still right.
 */
export interface StoredAttestation {
  entityRef: string;
  at: Date;
  /** Ref of who stated it. */
  by: string;
}

/**
 * The latest statement about each component; of all components, or of those
 * named.
 */
export async function latestAttestations(options: {
  knex: Knex;
  entityRefs?: string[];
}): Promise<Map<string, StoredAttestation>> {
  const { knex, entityRefs } = options;
  const query = knex('attestations as a')
    .whereNotExists(
      knex('attestations as later')
        .select(knex.raw('1'))
        .whereRaw(
          `later.entity_ref = a.entity_ref AND (later.attested_at > a.attested_at
            OR (later.attested_at = a.attested_at AND later.id > a.id))`,
        ),
    )
    .select('a.entity_ref', 'a.attested_at', 'a.attested_by');
  if (entityRefs) {
    whereIn(query, 'a.entity_ref', entityRefs);
  }
  return new Map(
    (await query).map(row => [
      row.entity_ref,
      {
        entityRef: row.entity_ref,
        at: new Date(row.attested_at),
        by: row.attested_by,
      },
    ]),
  );
}

/**
 * Keeps a statement, and moves the due date of the component with it, so that
 * lists and counts are right before the next scan.
 */
export async function storeAttestation(options: {
  knex: Knex;
  attestation: StoredAttestation & { comment?: string };
  dueAt?: Date;
}): Promise<void> {
  const { knex, attestation, dueAt } = options;
  await knex.transaction(async tx => {
    await tx('attestations').insert({
      entity_ref: attestation.entityRef,
      attested_at: attestation.at.toISOString(),
      attested_by: attestation.by,
      comment: attestation.comment ?? null,
    });
    await tx('components')
      .where('entity_ref', attestation.entityRef)
      .update({ review_due_at: dueAt?.toISOString() ?? null });
  });
}
