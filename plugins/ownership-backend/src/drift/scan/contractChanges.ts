import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';
import type { OwnershipEvent } from '../../events/OwnershipEvents';
import type { ComponentDocument } from '../ComponentDocument';
import type { ComponentRow } from '../store/ComponentRow';
import { breathe } from './breathe';

type ContractChange = Extract<OwnershipEvent, { type: 'contract.changed' }>;

/**
 * Which of the components that are to be written have another contract than
 * before: what is in force, not when it was last reviewed. Call it before they
 * are written.
 */
export async function contractChanges(options: {
  knex: Knex;
  rows: ReadonlyArray<{ row: ComponentRow; ownerRefs: string[] }>;
  /** Refs among them that nothing was known of. */
  added: readonly string[];
  /** ISO 8601: the moment of the verdicts. */
  at: string;
}): Promise<ContractChange[]> {
  const { knex, rows, added, at } = options;
  const isNew = new Set(added);
  const known = rows.filter(({ row }) => !isNew.has(row.entity_ref));
  if (known.length === 0) {
    return [];
  }
  const query = knex('components').select('entity_ref', 'document');
  whereIn(
    query,
    'entity_ref',
    known.map(({ row }) => row.entity_ref),
  );
  const stored = new Map(
    ((await query) as Array<{ entity_ref: string; document: string }>).map(
      row => [row.entity_ref, row.document],
    ),
  );

  const changes: ContractChange[] = [];
  for (const [index, { row, ownerRefs }] of known.entries()) {
    await breathe(index);
    const document = stored.get(row.entity_ref);
    if (!document) {
      continue;
    }
    const before = fieldsOf(JSON.parse(document));
    const now = fieldsOf(JSON.parse(row.document));
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
      field => before.get(field) !== now.get(field),
    );
    if (changed.length > 0) {
      changes.push({
        type: 'contract.changed',
        at,
        entityRef: row.entity_ref,
        ownerRefs,
        changedFields: changed.sort(),
        fingerprint: fingerprintOf(now),
        previousFingerprint: fingerprintOf(before),
      });
    }
  }
  return changes;
}

/** The fields of a contract as text, and whether it may be used as `status`. */
function fieldsOf({
  contract,
  contractStatus,
}: ComponentDocument): Map<string, string> {
  const { provenance, review, ...fields } = contract;
  const followsTier = provenance['review.cadence']?.source === 'default';
  return new Map(
    Object.entries({
      ...fields,
      reviewCadence: followsTier ? undefined : review?.cadence,
      status: contractStatus,
    }).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, JSON.stringify(value)]],
    ),
  );
}

function fingerprintOf(fields: ReadonlyMap<string, string>): string {
  return createHash('sha256')
    .update(JSON.stringify([...fields].sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');
}
