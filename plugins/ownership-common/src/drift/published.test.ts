import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { validateContract } from '../contract';
import { readSlos } from '../slo';
import { driftRules } from './driftRules';
import { ruleReference } from './ruleReference';

const FILE = resolve(__dirname, '../../../../docs/rules.md');
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
});
