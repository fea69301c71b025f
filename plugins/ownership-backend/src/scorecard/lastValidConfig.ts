import type { Knex } from 'knex';

/** A configuration of scorecards as it was seen. */
export interface SeenConfig {
  /** The value at `ownership.scorecards` as JSON; `null` for none. */
  config: string;
  /** Since when it has been like this; ISO 8601. */
  since: string;
}

const TABLE = 'scorecard_configuration';

/** The last valid configuration, and the one that was found invalid instead. */
export async function readSeenConfigs(
  knex: Knex,
): Promise<{ lastValid?: SeenConfig; invalid?: SeenConfig }> {
  const rows: Array<SeenConfig & { id: string }> = await knex(TABLE);
  const find = (id: string) => rows.find(row => row.id === id);
  return { lastValid: find('last-valid'), invalid: find('invalid') };
}

/** Keeps a valid configuration; the invalid one is forgotten. */
export async function keepValidConfig(
  knex: Knex,
  seen: SeenConfig,
): Promise<void> {
  const { lastValid } = await readSeenConfigs(knex);
  if (lastValid?.config !== seen.config) {
    await keep(knex, 'last-valid', seen);
  }
  await knex(TABLE).where('id', 'invalid').delete();
}

/** Keeps since when a configuration has been invalid, over restarts. */
export async function keepInvalidConfig(
  knex: Knex,
  seen: SeenConfig,
): Promise<void> {
  await keep(knex, 'invalid', seen);
}

async function keep(knex: Knex, id: string, seen: SeenConfig): Promise<void> {
  await knex(TABLE)
    .insert({ id, config: seen.config, since: seen.since })
    .onConflict('id')
    .merge();
}
