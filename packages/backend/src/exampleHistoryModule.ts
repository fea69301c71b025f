import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import { exampleClimbs, type RepairRow } from './exampleClimbs';
import {
  DISSOLVED,
  exampleHistory,
  type CountedFinding,
  type HistoryTables,
} from './exampleHistory';
import { readClimbers } from './readClimbers';
import { setBack } from './setBack';

const TABLES = [
  'drift_history',
  'scorecard_history',
  'overview_history',
] as const;

/** Entities under ownership in the whole example: fewer, and it is still filling. */
const WHOLE = 160;

/**
 * Gives the example a past once its first scans have settled: a portal that was
 * started a minute ago could not tell of a domain that improved since August.
 * Of what is there only the dates are set back.
 */
export const exampleHistoryModule = createBackendModule({
  pluginId: 'ownership',
  moduleId: 'example-history',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ config, database, events, logger }) {
        if (!config.getOptionalBoolean('example.history')) {
          return;
        }
        const knex = await database.getClient();
        let settled = false;
        await events.subscribe({
          id: 'example-history',
          topics: ['ownership'],
          async onEvent({ eventPayload }) {
            if (settled || !changedNothing(eventPayload)) {
              return;
            }
            settled = await plant(knex);
            if (settled) {
              logger.info('The example has its past');
            }
          },
        });
      },
    });
  },
});

function changedNothing(payload: unknown): boolean {
  const event = payload as Partial<Record<string, unknown>>;
  return (
    event.type === 'scan.completed' &&
    event.opened === 0 &&
    event.reopened === 0 &&
    event.closed === 0
  );
}

/** True once there is nothing left to do. */
async function plant(knex: Knex): Promise<boolean> {
  const [last] = await knex('drift_history')
    .where('scope', '*')
    .orderBy('day', 'desc')
    .limit(1);
  if (
    !last ||
    last.owned + last.at_risk + last.orphaned + last.unknown < WHOLE ||
    // Until the grace period is over its entities are not orphaned yet.
    last.orphaned <= DISSOLVED.orphans
  ) {
    return false;
  }
  if (await knex('drift_history').where('day', '<', last.day).first('day')) {
    return true;
  }
  const today = Object.fromEntries(
    await Promise.all(
      TABLES.map(async table => [
        table,
        await knex(table).where('day', last.day),
      ]),
    ),
  ) as HistoryTables;
  if (TABLES.some(table => today[table].length === 0)) {
    return false;
  }
  const now = new Date(last.at);
  const climbs = exampleClimbs({ climbers: await readClimbers(knex), now });
  await knex.transaction(async transaction => {
    await setBack(transaction, now);
    await insertRepairs(
      transaction,
      climbs.map(({ repair }) => repair),
    );
    const past = exampleHistory({
      today,
      findings: await readFindings(transaction),
      now,
    });
    // What the first scans found today was found long ago now.
    await transaction('drift_history')
      .where('day', last.day)
      .update({ opened: 0, closed: 0 });
    for (const table of TABLES) {
      await transaction.batchInsert(table, past[table], 50);
    }
    // They were not measured for the first time today.
    await transaction('scorecard_changes')
      .where('day', last.day)
      .whereNull('from_bucket')
      .delete();
    await transaction.batchInsert(
      'scorecard_changes',
      climbs.map(({ change }) => change),
      50,
    );
  });
  return true;
}

/** All findings with the groups that count them. */
async function readFindings(knex: Knex): Promise<CountedFinding[]> {
  const above = new Map<string, string[]>();
  for (const { ancestor_ref, descendant_ref } of await knex(
    'directory_closure',
  ).select('ancestor_ref', 'descendant_ref')) {
    const groups = above.get(descendant_ref) ?? [];
    above.set(descendant_ref, [...groups, ancestor_ref]);
  }
  const rows = await knex('findings').select(
    'owners',
    'first_seen_at',
    'closed_at',
  );
  return rows.map(({ owners, ...row }) => ({
    ...row,
    scopes: new Set<string>(
      JSON.parse(owners).flatMap((owner: string) => above.get(owner) ?? []),
    ),
  }));
}

async function insertRepairs(knex: Knex, repairs: RepairRow[]): Promise<void> {
  await knex.batchInsert('findings', repairs, 10);
  await knex.batchInsert(
    'finding_events',
    repairs.flatMap(({ id, first_seen_at, closed_at, closed_reason }) => [
      { finding_id: id, at: first_seen_at, type: 'opened' },
      { finding_id: id, at: closed_at, type: 'closed', detail: closed_reason },
    ]),
    10,
  );
}
