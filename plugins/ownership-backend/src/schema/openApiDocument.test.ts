import { readFile, writeFile } from 'node:fs/promises';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse, stringify } from 'yaml';
import { openApiDocument } from './openApiDocument';

const file = resolvePackagePath(
  '@service-ownership/backstage-plugin-ownership-backend',
  'src/schema/openapi.yaml',
);

describe('openApiDocument', () => {
  it('is what openapi.yaml says', async () => {
    const document = JSON.parse(JSON.stringify(openApiDocument()));
    if (process.env.UPDATE_GENERATED) {
      await writeFile(
        file,
        `# Generated from the routes in ownership-common. To write it anew:\n#   UPDATE_GENERATED=1 CI=1 yarn workspace @service-ownership/backstage-plugin-ownership-backend test openApiDocument\n${stringify(
          document,
          { aliasDuplicateObjects: false, singleQuote: true },
        )}`,
      );
    }
    const written = parse(await readFile(file, 'utf8'));

    expect(written).toEqual(document);
    expect(Object.keys(written.paths)).toContain('/drift/findings/{id}');
  });

  it('refers only to what it has', () => {
    const text = JSON.stringify(openApiDocument());
    const { schemas } = openApiDocument().components;
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target,
    );

    expect(referred).toContain('#/components/schemas/Finding');
    expect([...new Set(referred)].sort()).toEqual(
      Object.keys(schemas)
        .map(name => `#/components/schemas/${name}`)
        .sort(),
    );
  });
});
