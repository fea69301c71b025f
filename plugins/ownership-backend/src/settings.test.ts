import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-undeclared-imports -- the one the whole repository is checked with
import ts from 'typescript';

const root = join(__dirname, '../../..');

/** Paths of the settings that a package declares, below `ownership`. */
function declaredSettings(folder: string): string[] {
  const file = join(root, 'plugins', folder, 'config.d.ts');
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ES2022,
  );
  const [config] = source.statements.filter(ts.isInterfaceDeclaration);
  return leavesOf(config.members, '').map(path =>
    path.replace(/^ownership\./, ''),
  );
}

function leavesOf(
  members: ts.NodeArray<ts.TypeElement>,
  path: string,
): string[] {
  return members.filter(ts.isPropertySignature).flatMap(({ name, type }) => {
    const at = path + (name as ts.Identifier).text;
    const inner =
      type && ts.isTypeLiteralNode(type)
        ? leavesOf(type.members, `${at}.`)
        : [];
    return inner.length > 0 ? inner : [at];
  });
}

describe('the table of settings in docs/operations.md', () => {
  const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const table = page.slice(
    page.indexOf('## Settings'),
    page.indexOf('### Scorecards'),
  );
  const described = Array.from(
    table.matchAll(/^\| `([\w.]+?)(?:\.<\w+>)?` /gm),
    ([, path]) => path,
  );

  it.each([
    'ownership-backend',
    'catalog-backend-module-ownership',
    'ownership-backend-module-prometheus',
  ])('has every setting of %s', folder => {
    const declared = declaredSettings(folder);
    expect(declared.length).toBeGreaterThan(1);
    expect(
      declared.filter(
        path =>
          !described.some(row => path === row || path.startsWith(`${row}.`)),
      ),
    ).toEqual([]);
  });
});
