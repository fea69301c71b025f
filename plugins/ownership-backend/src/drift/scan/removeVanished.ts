import type { Knex } from 'knex';
import { closeFindingsOf } from '../store/closeFindingsOf';
import { explainRemovals } from '../store/explainRemovals';
import { readOwnerRefs } from '../store/readOwnerRefs';
import { readComponentRefs } from '../store/readComponentRefs';
import { removeComponents } from '../store/removeComponents';
import type { ScanFence } from './ScanFence';
import type { ScanNews } from './ScanNews';

/**
 * Closes the findings of components that a complete scan did not see, and
 * removes them. Those that left the catalog leave a tombstone; those of a kind
 * that is no longer looked at do not.
 *
 * @returns how many components it removed
 */
export async function removeVanished(options: {
  knex: Knex;
  fence: ScanFence;
  news: ScanNews;
  seen: ReadonlySet<string>;
  /** In lower case. */
  kinds: ReadonlySet<string>;
  now: Date;
}): Promise<number> {
  const { knex, fence, news, seen, kinds, now } = options;
  const at = now.toISOString();
  let removed = 0;
  for await (const rows of readComponentRefs({ knex })) {
    const vanished = rows.filter(({ entity_ref }) => !seen.has(entity_ref));
    const inScope = vanished.filter(({ kind }) =>
      kinds.has(kind.toLocaleLowerCase('en-US')),
    );
    for (const [components, tombstones, reason] of [
      [inScope, true, 'entity-removed'],
      [
        vanished.filter(row => !inScope.includes(row)),
        false,
        'kind-not-scanned',
      ],
    ] as const) {
      const entityRefs = components.map(({ entity_ref }) => entity_ref);
      if (entityRefs.length === 0) {
        continue;
      }
      const owners = await readOwnerRefs({ knex, entityRefs });
      const { closed, tell } = await fence.write(async tx => {
        const removedBy = tombstones
          ? await explainRemovals({ knex: tx, entityRefs })
          : undefined;
        await removeComponents({
          knex: tx,
          entityRefs,
          tombstones,
          at,
          removedBy,
        });
        const findings = await closeFindingsOf({
          ...{ knex: tx, entityRefs, reason, at },
        });
        return {
          closed: findings.length,
          tell: await news.keep(tx, {
            events: findings.map(finding => ({
              type: 'finding.closed',
              at,
              findingId: finding.id,
              ruleId: finding.rule_id,
              entityRef: finding.entity_ref,
              ownerRefs: owners.get(finding.entity_ref) ?? [],
              severity: finding.severity,
              previousState: finding.state,
              reason,
            })),
          }),
        };
      });
      fence.counts.closed += closed;
      removed += entityRefs.length;
      await tell();
    }
  }
  return removed;
}
