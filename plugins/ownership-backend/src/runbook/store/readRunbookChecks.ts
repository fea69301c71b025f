import type { RunbookCheck } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { RunbookCheckRow } from './RunbookCheckRow';

/** Whether runbooks can be opened, by component and address, as far as the portal looked. */
export async function readRunbookChecks(options: {
  knex: Knex;
}): Promise<Map<string, ReadonlyMap<string, RunbookCheck>>> {
  const rows = await options
    .knex<RunbookCheckRow>('runbook_checks')
    .whereNotNull('checks')
    .select('entity_ref', 'checks');
  return new Map(
    rows.map(({ entity_ref, checks }) => [
      entity_ref,
      new Map(JSON.parse(checks!)),
    ]),
  );
}
