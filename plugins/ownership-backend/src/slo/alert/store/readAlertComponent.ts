import { toRunbooks } from '@service-ownership/backstage-plugin-ownership-common';
import type { Runbook } from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import type { ComponentDocument } from '../../../drift/ComponentDocument';
import { declaringEntities } from '../../../entity/declaringEntities';

/** What a notification says of a component: its name and its runbooks. */
export async function readAlertComponent(options: {
  knex: Knex;
  entityRef: string;
  now: Date;
  /** Address of the portal, for TechDocs pages. */
  appBaseUrl?: string;
}): Promise<{ title?: string; runbooks: Runbook[] }> {
  const { knex, entityRef, now, appBaseUrl } = options;
  const row = await knex('components')
    .where('entity_ref', entityRef)
    .first('title', 'document');
  if (!row) {
    return { runbooks: [] };
  }
  const document: ComponentDocument = JSON.parse(row.document);
  return {
    title: row.title ?? undefined,
    runbooks: toRunbooks({
      effective: document.contract,
      now,
      staleAfterDays: 1,
      appBaseUrl,
      ...declaringEntities(document),
    }),
  };
}
