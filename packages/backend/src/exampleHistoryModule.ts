import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import {
  DISSOLVED,
  exampleClimbs,
  exampleHistory,
  IMPROVED,
  type HistoryTables,
} from './exampleHistory';

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
 * Nothing that is there is changed.
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
  const past = exampleHistory({ today, now });
  const climbers = await knex('scorecard_results')
    .where('scorecard_id', 'service-ownership-maturity')
    .whereIn(
      'entity_ref',
      knex('component_owners')
        .whereIn('owner_ref', [...IMPROVED.scopes])
        .select('entity_ref'),
    )
    .orderBy('entity_ref')
    .select('scorecard_id', 'entity_ref', 'bucket', 'score_order');
  await knex.transaction(async transaction => {
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
      exampleClimbs({ climbers, now }),
      50,
    );
  });
  return true;
}
