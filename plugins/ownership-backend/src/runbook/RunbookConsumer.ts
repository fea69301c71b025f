import type { Knex } from 'knex';
import { ComponentRowConsumer } from '../drift/ComponentRowConsumer';
import type { RunbookCheckRow } from './store/RunbookCheckRow';

/** Most runbooks of one component that are opened. */
const MAX_RUNBOOKS = 20;

/** Notes where the runbooks of every component are, so that they can be opened. */
export class RunbookConsumer extends ComponentRowConsumer<
  Pick<RunbookCheckRow, 'entity_ref' | 'urls'>
> {
  constructor(options: { knex: Knex }) {
    super({
      ...options,
      table: 'runbook_checks',
      columns: ['urls'],
      rowOf({ facts: { entityRef, effective } }) {
        const urls = [...new Set(effective.runbooks?.map(({ url }) => url))];
        return urls.length > 0
          ? {
              entity_ref: entityRef,
              urls: JSON.stringify(urls.slice(0, MAX_RUNBOOKS)),
            }
          : undefined;
      },
      // What is known of an address that stays is known until it is opened again.
      whenWritten: ({ now }) => ({ next_at: now.toISOString() }),
    });
  }
}
