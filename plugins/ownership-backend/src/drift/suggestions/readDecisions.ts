import { hash } from 'node:crypto';
import type {
  OwnerDecisions,
  OwnerSignal,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { whereIn } from '../../api/whereVisible';

/** A row of the table `owner_decisions`. */
export interface DecisionRow {
  entity_ref: string;
  owner_ref: string;
  decision: 'accepted' | 'rejected';
  /** JSON array of OwnerSignal. */
  signals: string;
  comment: string | null;
  decided_by: string;
  /** ISO 8601 in UTC. */
  decided_at: string;
}

/** How often groups were accepted and rejected, by kind of evidence. */
export interface DecisionRecords {
  of: OwnerDecisions['record'];
  /** Another one as soon as anybody gave another answer. */
  version: string;
}

/** The answers people gave for some components. */
export async function readDecisions(options: {
  knex: Knex;
  entityRefs: string[];
}): Promise<Map<string, { accepted: string[]; rejected: string[] }>> {
  const { knex, entityRefs } = options;
  const query = knex<DecisionRow>('owner_decisions')
    .select('entity_ref', 'owner_ref', 'decision')
    .orderBy('owner_ref');
  whereIn(query, 'entity_ref', entityRefs);
  const decisions = new Map<
    string,
    { accepted: string[]; rejected: string[] }
  >();
  for (const { entity_ref, owner_ref, decision } of (await query) as Array<
    Pick<DecisionRow, 'entity_ref' | 'owner_ref' | 'decision'>
  >) {
    const of = decisions.get(entity_ref) ?? { accepted: [], rejected: [] };
    of[decision].push(owner_ref);
    decisions.set(entity_ref, of);
  }
  return decisions;
}

/** Everything people answered so far, added up. */
export async function readDecisionRecords(options: {
  knex: Knex;
}): Promise<DecisionRecords> {
  const rows: Array<
    Pick<DecisionRow, 'entity_ref' | 'owner_ref' | 'decision' | 'signals'>
  > = await options
    .knex('owner_decisions')
    .select('entity_ref', 'owner_ref', 'decision', 'signals')
    .orderBy(['entity_ref', 'owner_ref']);
  const none = { accepted: 0, rejected: 0 };
  const records = new Map<string, typeof none>();
  const keyOf = (ownerRef: string, signal: string) => `${ownerRef} ${signal}`;
  for (const { owner_ref, decision, signals } of rows) {
    for (const signal of JSON.parse(signals) as OwnerSignal[]) {
      const key = keyOf(owner_ref, signal);
      const record = records.get(key) ?? none;
      records.set(key, { ...record, [decision]: record[decision] + 1 });
    }
  }
  return {
    of: (ownerRef, signal) => records.get(keyOf(ownerRef, signal)) ?? none,
    version: hash('sha1', JSON.stringify(rows), 'base64'),
  };
}
