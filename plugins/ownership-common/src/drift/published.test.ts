import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { Entity } from '@backstage/catalog-model';
import { validateContract } from '../contract';
import { buildDirectory } from '../directory';
import { readSlos } from '../slo';
import { collectFacts } from './collectFacts';
import { configureRules } from './configureRules';
import { driftRules } from './driftRules';
import { evaluateRules } from './evaluateRules';
import { ruleReference } from './ruleReference';

const FILE = resolve(__dirname, '../../../../docs/rules.md');
/** The examples were reviewed and tried shortly before. */
const NOW = new Date('2026-11-21T08:00:00Z');
/** Rules that pass by what is known of others, of pages or by bills: no file says it. */
const BEYOND_YAML = [
  'owner-overloaded',
  'runbook-unreachable',
  'dependency-unowned',
  'dependency-weaker-slo',
  'cost-over-budget',
];
const REGENERATE =
  'UPDATE_GENERATED=1 CI=1 yarn workspace @service-ownership/backstage-plugin-ownership-common test published';

/** Formatting is prettier's business, the content is ours. */
function unformatted(markdown: string): string {
  return markdown
    .replace(/-{3,}/g, '---')
    .replace(/['"]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('what is published of the rules', () => {
  it('is up to date in docs/rules.md', async () => {
    if (process.env.UPDATE_GENERATED) {
      await writeFile(FILE, ruleReference());
    }
    const written = await readFile(FILE, 'utf8').catch(() => '');
    try {
      expect(unformatted(written)).toEqual(unformatted(ruleReference()));
    } catch (error) {
      throw new Error(
        `docs/rules.md is out of date. Write it anew with\n\n  ${REGENERATE}\n\n${error}`,
      );
    }
  });

  it.each(driftRules.map(rule => [rule.id, rule] as const))(
    'says of %s all there is to say, with an example that holds',
    (_, { title, why, fix, example = '' }) => {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);

      const { spec } = parse(example);
      const document = spec?.ownershipContract ?? {};
      expect(validateContract({ document })).toMatchObject({
        errors: [],
        warnings: [],
      });
      expect(
        readSlos({
          contract: document,
          entityRef: 'component:default/checkout',
          sloEntities: [],
        }).problems,
      ).toEqual([]);
    },
  );

  it.each(driftRules.map(rule => [rule.id, rule] as const))(
    'gives an example with which %s passes, even in tier-1',
    (id, { example = '' }) => {
      const { kind, spec } = parse(example);
      const entity = (of: string, name: string, more: object) => ({
        ...{ apiVersion: 'backstage.io/v1alpha1', kind: of },
        ...{ metadata: { name }, spec: more as Entity['spec'] },
      });
      const directory = buildDirectory({
        entities: [
          entity('Group', 'payments', { members: ['ada'] }),
          entity('User', 'ada', {}),
        ],
      });
      const { outcomes } = evaluateRules({
        facts: collectFacts({
          entity: entity('Component', 'checkout', {
            ...{ type: 'service', lifecycle: 'production', owner: 'payments' },
            ...(kind !== 'Group' && spec),
            ownershipContract: { ...spec?.ownershipContract, tier: 'tier-1' },
          }),
          directory,
          now: NOW,
        }),
        rules: configureRules({ rules: driftRules, settings: { [id]: true } }),
        context: {
          now: NOW,
          directory,
          graceMs: 0,
          unresolvedSince: () => undefined,
        },
      });
      expect(outcomes.find(({ rule }) => rule.id === id)?.outcome.status).toBe(
        BEYOND_YAML.includes(id) ? 'unknown' : 'pass',
      );
    },
  );
});
