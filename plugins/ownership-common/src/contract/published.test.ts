import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  contractEntityJsonSchema,
  contractJsonSchema,
} from './contractJsonSchema';
import { contractReference } from './contractReference';
import { parseContract } from './parseContract';

const PACKAGE = resolve(__dirname, '../..');
const REGENERATE =
  'UPDATE_GENERATED=1 CI=1 yarn workspace @service-ownership/backstage-plugin-ownership-common test published';

/** Formatting of tables is prettier's business, their content is ours. */
function unformatted(markdown: string): string[] {
  return markdown
    .split('\n')
    .map(line => line.replace(/-{3,}/g, '---').replace(/ +/g, ' ').trim())
    .filter(line => line !== '');
}

const files = [
  {
    path: 'schema/ownership-contract.schema.json',
    content: `${JSON.stringify(contractJsonSchema(), undefined, 2)}\n`,
    meaning: (text: string) => JSON.parse(text),
  },
  {
    path: 'schema/ownership-contract-entity.schema.json',
    content: `${JSON.stringify(contractEntityJsonSchema(), undefined, 2)}\n`,
    meaning: (text: string) => JSON.parse(text),
  },
  {
    path: '../../docs/contract-reference.md',
    content: contractReference(),
    meaning: unformatted,
  },
];

describe('what is published of the contract', () => {
  it.each(files)('$path is up to date', async ({ path, content, meaning }) => {
    const file = resolve(PACKAGE, path);
    if (process.env.UPDATE_GENERATED) {
      await writeFile(file, content);
    }
    const written = await readFile(file, 'utf8').catch(() => '""');
    try {
      expect(meaning(written)).toEqual(meaning(content));
    } catch (error) {
      throw new Error(
        `${path} is out of date. Write it anew with\n\n  ${REGENERATE}\n\n${error}`,
      );
    }
  });

  it('shows only contracts in the reference that are valid', () => {
    const blocks = [
      ...contractReference().matchAll(/```yaml(?:.*)\n([\s\S]*?)```/g),
    ].map(([, text]) => text);
    const examples = blocks.filter(text => !text.startsWith('#'));
    expect(examples.length).toBeGreaterThan(12);
    for (const text of examples) {
      const { errors, warnings } = parseContract({ text });
      expect({ text, errors }).toEqual({ text, errors: [] });
      const inFile = text.includes('$yaml');
      expect(warnings).toHaveLength(inFile ? 1 : 0);
    }
  });
});
