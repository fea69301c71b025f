import { createHash } from 'node:crypto';
import type { OwnershipEvent } from '../../events/OwnershipEvents';
import type { ComponentDocument } from '../ComponentDocument';
import type { ComponentRow } from '../store/ComponentRow';
import { breathe } from './breathe';
import type { ReplacedRow } from './readReplaced';

type ContractChange = Extract<OwnershipEvent, { type: 'contract.changed' }>;

/**
 * Which of the components that are to be written have another contract than
 * before: what is in force, not when it was last reviewed.
 */
export async function contractChanges(options: {
  rows: ReadonlyArray<{ row: ComponentRow; ownerRefs: string[] }>;
  /** As they are stored. */
  replaced: ReadonlyMap<string, ReplacedRow>;
  /** ISO 8601: the moment of the verdicts. */
  at: string;
}): Promise<ContractChange[]> {
  const { rows, replaced, at } = options;
  const changes: ContractChange[] = [];
  for (const [index, { row, ownerRefs }] of rows.entries()) {
    await breathe(index);
    const stored = replaced.get(row.entity_ref);
    if (!stored) {
      continue;
    }
    const before = fieldsOf(JSON.parse(stored.document));
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
