import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { findingId } from '@service-ownership/backstage-plugin-ownership-common';
import { handledComponents } from './faultOrganisation';
import type { Replica } from './Replica';
import { withDatabase, type ScratchDatabases } from './ScratchDatabases';

/** When what is disturbed begins. */
export const NOW = '2026-11-21T09:00:00.000Z';

/**
 * A database with a past, to be copied: two scans, and what people did with
 * findings since, of which some ends before `NOW`.
 */
export async function preparePast(options: {
  databases: ScratchDatabases;
  replica: Replica;
  sink: string;
}): Promise<string> {
  const { databases, replica, sink } = options;
  const connection = await databases.create();
  await withDatabase(connection, knex =>
    knex.migrate.latest({
      directory: resolvePackagePath(
        '@service-ownership/backstage-plugin-ownership-backend',
        'migrations',
      ),
    }),
  );
  const scan = { connection, sink };
  await replica.scan({
    ...{ ...scan, moment: 'first', now: '2026-11-21T05:00:00.000Z' },
  });
  await replica.scan({
    ...{ ...scan, moment: 'before', now: '2026-11-21T06:00:00.000Z' },
  });
  await replica.release(connection);

  const by = 'user:default/pat';
  const waiver = { waiver_reason: 'Moves soon', waiver_requested_by: by };
  const handled: Array<[number, object]> = [
    [
      8,
      {
        state: 'waived',
        ...waiver,
        waiver_expires_at: '2026-11-21T08:30:00.000Z',
      },
    ],
    [
      9,
      {
        state: 'snoozed',
        acknowledged_by: by,
        snoozed_until: '2026-11-21T08:30:00.000Z',
      },
    ],
    [
      10,
      {
        state: 'waived',
        ...waiver,
        waiver_expires_at: '2026-12-04T06:30:00.000Z',
      },
    ],
    [11, { state: 'acknowledged', acknowledged_by: by }],
  ];
  await withDatabase(connection, async knex => {
    for (const [kind, columns] of handled) {
      await knex('findings')
        .update(columns)
        .whereIn(
          'id',
          handledComponents(kind).map(entityRef =>
            findingId({ ruleId: 'contract-missing', entityRef }),
          ),
        );
    }
  });
  return connection;
}
