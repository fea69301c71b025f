import { createRequire } from 'node:module';
import { random } from '../random.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const {
  buildDirectory,
  driftRules,
} = require('@service-ownership/backstage-plugin-ownership-common');

const BATCH = 500;

/**
 * Fills the tables a scan and the SLOs would have filled: groups four deep,
 * components with owners, tiers, reviews, findings and SLOs, deployments and
 * costs, and the days before in every history by group.
 */
export async function seedOverview(knex, options) {
  const { components, groups, days, now, scorecards } = options;
  const dice = random(7);
  const refs = Array.from(
    { length: groups },
    (_, at) => `group:default/g-${at}`,
  );
  const directory = buildDirectory({
    entities: refs.flatMap((_, at) => [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: `g-${at}`, namespace: 'default' },
        spec: {
          type: 'team',
          // Every group has six below it, down to the last.
          parent: at ? `g-${Math.floor((at - 1) / 6)}` : undefined,
          children: [],
        },
      },
      ...[0, 1, 2].map(of => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: `u-${at}-${of}`, namespace: 'default' },
        spec: { memberOf: [`g-${at}`] },
      })),
    ]),
  });
  const insert = async (table, rows) => {
    for (let at = 0; at < rows.length; at += 2000) {
      await knex(table).insert(
        knex.raw('select * from json_populate_recordset(null::??, ?)', [
          table,
          JSON.stringify(rows.slice(at, at + 2000)),
        ]),
      );
    }
  };
  const principals = [...directory.principals()];
  await insert(
    'directory_principals',
    principals.map(p => ({
      ref: p.ref,
      kind: p.kind,
      title: p.title,
      active: p.active,
      parent_ref: p.parent,
      member_count: p.memberCount,
      active_member_count: p.activeMemberCount,
    })),
  );
  await insert(
    'directory_closure',
    refs.flatMap(ref => [
      { ancestor_ref: ref, descendant_ref: ref, depth: 0 },
      ...directory
        .descendants(ref)
        .map(below => ({ ancestor_ref: ref, descendant_ref: below, depth: 1 })),
    ]),
  );

  const entityRef = at => `component:default/component-${at % components}`;
  const all = Array.from({ length: components }, (_, at) => ({
    ref: entityRef(at),
    owner: refs[Math.floor(dice() * groups)],
  }));
  const day = at => new Date(now.getTime() + at * 86_400_000).toISOString();
  const pick = items => items[Math.floor(dice() * items.length)];
  await insert(
    'components',
    all.map(({ ref, owner }, at) => ({
      entity_ref: ref,
      kind: 'Component',
      namespace: 'default',
      name: `component-${at}`,
      title: `Component ${at}`,
      tier: pick(['tier-1', 'tier-2', 'tier-3', 'tier-4', undefined]),
      state: pick(['owned', 'owned', 'owned', 'owned', 'at-risk', 'orphaned']),
      state_since: day(-100),
      state_reason: 'Because.',
      review_due_at: at % 3 ? day(-20 + dice() * 200) : undefined,
      fingerprint: 'x'.repeat(64),
      document: JSON.stringify({ owner, filler: 'x'.repeat(1500) }),
    })),
  );
  await insert(
    'component_owners',
    all.map(({ ref, owner }) => ({ entity_ref: ref, owner_ref: owner })),
  );
  await insert(
    'findings',
    all.flatMap(({ ref }, at) =>
      Array.from({ length: Math.floor(dice() * 5) }, (_, of) => ({
        id: `rule-${of}:${ref}`,
        rule_id: `rule-${of}`,
        entity_ref: ref,
        severity: 'medium',
        severity_rank: 2,
        state: at % 10 ? 'open' : 'waived',
        waiver_expires_at: at % 10 ? undefined : day(dice() * 100),
        message: 'fails',
        remediation: 'Mend it.',
        evidence: '[]',
        first_seen_at: day(-30),
        reopened_count: 0,
      })),
    ),
  );
  await insert(
    'slo_statuses',
    all
      .filter((_, at) => at % 5 === 0)
      .map(({ ref }, at) => ({
        slo_id: at + 1,
        entity_ref: ref,
        slo: 'availability',
        state: pick(['met', 'met', 'met', 'breached', 'at-risk', 'no-data']),
        remaining: dice() * 1.5 - 0.5,
        remaining_order: Math.floor(dice() * 1e6),
        burn_order: 0,
        last_data_end: 0,
        search: ref,
        status: JSON.stringify({ filler: 'x'.repeat(1200) }),
      })),
  );
  // The days before, as the snapshots of every scan have left them.
  for (let ago = days; ago > 12; ago--) {
    const at = day(-ago);
    const scopes = ['*', ...refs];
    await insert(
      'drift_history',
      scopes.map(scope => ({
        day: at.slice(0, 10),
        scope,
        at,
        open: 90,
        opened: 1,
        closed: 1,
        owned: 100,
        at_risk: 10,
        orphaned: 5,
        unknown: 0,
      })),
    );
    await insert(
      'overview_history',
      scopes.map(scope => ({
        day: at.slice(0, 10),
        scope,
        at,
        slos_met: 30,
        budget_left: 0.4,
        reviews_due: 12,
      })),
    );
    await insert(
      'scorecard_history',
      scorecards.flatMap(({ id, levels }) =>
        scopes.map(scope => ({
          scorecard_id: id,
          scope,
          day: at.slice(0, 10),
          entities: 170,
          by_level: JSON.stringify(
            Object.fromEntries(
              ['none', 'unknown', ...levels.map(level => level.id)].map(
                level => [level, 34],
              ),
            ),
          ),
          score: 0.43210987,
          coverage: 0.87654321,
        })),
      ),
    );
  }

  /**
   * The components as a scan would judge them. Each stands in one of hundreds
   * of ways; the first `churned` of them (a share) stand otherwise.
   */
  function* batches({ churned }) {
    const rules = driftRules.filter(({ id }) =>
      scorecards.some(card => card.levels.some(l => l.rules.includes(id))),
    );
    for (let from = 0; from < components; from += BATCH) {
      yield all.slice(from, from + BATCH).map(({ ref, owner }, index) => {
        const at = from + index;
        // Spread, so that a day changes some everywhere.
        const turned = ((at * 7919) % components) / components < churned;
        const roll = random((at % 400) + 1);
        return {
          facts: {
            entityRef: ref,
            entity: {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: ref },
              spec: { type: 'service', lifecycle: 'production' },
            },
            owners: [{ ref: owner }],
          },
          outcomes: rules.map((rule, of) => {
            const luck = roll();
            const fails = luck < 0.25 !== (turned && of === at % rules.length);
            return {
              rule,
              outcome: {
                status: fails ? 'fail' : luck > 0.95 ? 'unknown' : 'pass',
              },
            };
          }),
          state: 'owned',
          stateReason: '',
          waived: new Set(),
        };
      });
    }
  }

  return { refs, directory, entityRef, batches };
}
