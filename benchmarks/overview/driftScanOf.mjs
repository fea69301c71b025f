import { createRequire } from 'node:module';
import { random } from '../random.mjs';
import { timed } from '../measure.mjs';

const require = createRequire(import.meta.url);
require('@backstage/cli-node/config/nodeTransform.cjs');
const drift = '../../plugins/ownership-backend/src/drift';
const { DriftScan } = require(`${drift}/scan/DriftScan`);
const { ScanRunner } = require(`${drift}/scan/ScanRunner`);
const { readDriftConfig } = require(`${drift}/DriftConfig`);
const { ConfigReader } = require('@backstage/config');
const {
  configureRules,
  driftRules,
  tierRequirements,
} = require('@service-ownership/backstage-plugin-ownership-common');

const prepared = { notifications: [], keep: async () => {} };

/** Nobody is told of anything. */
const nobody = {
  prepareDigests: async () => prepared,
  prepareFirstSummary: () => prepared,
  prepareSuspension: () => prepared,
  send: async () => {},
  sendLeftovers: async () => {},
};

/**
 * A drift scan over a catalog in memory, which costs nothing to read: a real
 * one takes longer. Gives what it took and what it judged.
 */
export async function driftScanOf(knex, { components, groups, now }) {
  const entities = entitiesOf({ components, groups });
  const byRef = new Map(
    entities.map(entity => [
      `${entity.kind.toLowerCase()}:default/${entity.metadata.name}`,
      entity,
    ]),
  );
  const silent = { debug() {}, info() {}, warn() {}, error: console.error };
  const config = readDriftConfig(new ConfigReader({}));
  const judged = [];
  let directory;
  const runner = () =>
    new ScanRunner({
      database: knex,
      logger: silent,
      now: () => now,
      deadAfterMs: config.deadAfterMs,
      scan: new DriftScan({
        database: knex,
        catalog: {
          async *streamEntities({ filter, pageSize = 500 }) {
            const kinds = [filter ?? []]
              .flat()
              .flatMap(({ kind }) => kind ?? [])
              .map(kind => String(kind).toLowerCase());
            const asked = entities.filter(
              ({ kind }) =>
                kinds.length === 0 || kinds.includes(kind.toLowerCase()),
            );
            for (let at = 0; at < asked.length; at += pageSize) {
              yield asked.slice(at, at + pageSize);
            }
          },
          async getEntityFacets() {
            return {
              facets: { kind: [{ value: 'Component', count: components }] },
            };
          },
          async getEntitiesByRefs({ entityRefs }) {
            return { items: entityRefs.map(ref => byRef.get(ref)) };
          },
          async refreshEntity() {},
        },
        auth: { getOwnServiceCredentials: async () => ({}) },
        logger: silent,
        config,
        rules: configureRules({ rules: driftRules, settings: config.rules }),
        events: { publish: async () => {} },
        digests: nobody,
        consumers: [
          {
            async accept(batch, scan) {
              directory = scan.directory;
              judged.push(batch);
            },
            async finish() {},
          },
        ],
        latestAttestations: async () => new Map(),
        sloStatuses: async () => new Map(),
        requirements: tier => tierRequirements({ tier }),
        now: () => now,
      }),
    });
  const first = await timed(() => runner().run());
  judged.length = 0;
  const second = await timed(() => runner().run());
  if (judged.flat().length === 0) {
    throw new Error('The drift scan did not judge anything');
  }
  return { first, second, judged, directory };
}

/** Components with contracts as good and as bad as they come. */
function entitiesOf({ components, groups }) {
  const dice = random(11);
  const entity = (kind, name, spec, owner) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', uid: name, etag: name },
    spec,
    relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
  });
  const result = [];
  for (let at = 0; at < groups; at++) {
    result.push(
      entity('Group', `g-${at}`, {
        type: 'team',
        parent: at ? `g-${Math.floor((at - 1) / 6)}` : undefined,
        children: [],
      }),
      entity('User', `u-${at}`, { memberOf: [`g-${at}`] }),
    );
  }
  for (let at = 0; at < components; at++) {
    const team = Math.floor(dice() * groups);
    const owner = `group:default/g-${team}`;
    const has = () => dice() < 0.6;
    result.push(
      entity(
        'Component',
        `component-${at}`,
        {
          type: 'service',
          lifecycle: 'production',
          owner,
          ownershipContract: has()
            ? {
                tier: `tier-${1 + Math.floor(dice() * 4)}`,
                captain: has() ? `user:default/u-${team}` : undefined,
                review: has()
                  ? { reviewedAt: '2026-09-01', cadence: 'P90D' }
                  : undefined,
                runbooks: has()
                  ? [
                      {
                        id: 'main',
                        title: 'Runbook',
                        url: 'https://example.org/runbook',
                        covers: ['deployment', 'monitoring'],
                        reviewedAt: '2026-08-01',
                      },
                    ]
                  : undefined,
              }
            : undefined,
        },
        owner,
      ),
    );
  }
  return result;
}
