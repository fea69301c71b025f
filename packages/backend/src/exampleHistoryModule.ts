import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import type { Knex } from 'knex';
import {
  DAYS,
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
    await setBack(transaction, now);
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
      exampleClimbs({ climbers, now }),
      50,
    );
  });
  return true;
}

/**
 * Sets back since when findings are open and components are in their state:
 * to the first day, and for what the dissolved team left to the day on which
 * its group was deleted.
 */
async function setBack(knex: Knex, now: Date): Promise<void> {
  const daysAgo = (days: number) =>
    new Date(now.getTime() - days * 86_400_000).toISOString();
  const left = knex('component_owners')
    .where('owner_ref', DISSOLVED.group)
    .select('entity_ref');
  const orphans = knex('findings')
    .where('rule_id', 'owner-unresolvable')
    .whereIn('entity_ref', left);

  for (const [days, findings, components] of [
    [DAYS, knex('findings'), knex('components')],
    [
      DISSOLVED.daysAgo,
      orphans.clone(),
      knex('components').whereIn('entity_ref', left),
    ],
  ] as const) {
    const at = daysAgo(days);
    await knex('finding_events')
      .whereIn('type', ['opened', 'closed'])
      .whereIn('finding_id', findings.clone().select('id'))
      .update({ at });
    await findings.clone().update({ first_seen_at: at });
    await findings.whereNotNull('closed_at').update({ closed_at: at });
    await components.update({ state_since: at });
  }
}
