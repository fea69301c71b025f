import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import {
  driftRoutes,
  entityRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
// eslint-disable-next-line @backstage/no-undeclared-imports -- the one the whole repository is checked with
import ts from 'typescript';

/** What the recipe uses of `@backstage-community/plugin-tech-insights-node`. */
const TYPES = `
import type { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
interface FactRetriever {
  id: string;
  version: string;
  title?: string;
  description?: string;
  entityFilter?: Record<string, string | symbol | (string | symbol)[]>[];
  schema: Record<string, {
    type: 'integer' | 'float' | 'string' | 'boolean' | 'datetime' | 'set' | 'object';
    description: string;
  }>;
  handler(context: { auth: AuthService; discovery: DiscoveryService }): Promise<Array<{
    entity: { kind: string; namespace: string; name: string };
    facts: Record<string, number | string | boolean>;
  }>>;
}
`;

/** The first block of code of the page, as an adopter copies it. */
function recipe(): string {
  const page = readFileSync(
    join(__dirname, '../../../docs/tech-insights.md'),
    'utf8',
  );
  const [, code] = page.match(/```ts title="[^"]*Retriever\.ts"\n([^]*?)```/)!;
  return code.replace(
    /import type \{ FactRetriever \} from '@backstage-community[^;]*;/,
    TYPES,
  );
}

/** What TypeScript has to say of it, as strictly as a Backstage app is checked. */
function complaints(code: string): string[] {
  const name = join(__dirname, 'recipe.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = path => path === name || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === name
      ? ts.createSourceFile(path, code, ts.ScriptTarget.ES2022)
      : getSourceFile(path, ...rest);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(name))
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
}

function load(code: string): any {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    },
  });
  const module = { exports: {} };
  // eslint-disable-next-line no-new-func -- it is our own documentation
  new Function('module', 'exports', 'require', outputText)(
    module,
    module.exports,
    require,
  );
  return module.exports;
}

jest.setTimeout(120_000);

describe('the recipe for Tech Insights', () => {
  it('is right TypeScript', () => {
    expect(complaints(recipe())).toEqual([]);
    // And what would be wrong is seen.
    expect(complaints(`${recipe()}\nownershipFactRetriever.nothing;`)).toEqual([
      expect.stringContaining("'nothing' does not exist"),
    ]);
  });

  it('reads all pages and gives a fact for each of its schema', async () => {
    const { ownershipFactRetriever: retriever } = load(recipe());
    const entity = (name: string, more: object) => ({
      entityRef: `component:default/${name}`,
      kind: 'component',
      ownerRefs: [],
      openFindings: 0,
      ...more,
    });
    const pages: Record<string, any[][]> = {
      '/entities': [
        [
          entity('checkout', {
            state: 'at-risk',
            openFindings: 2,
            worstSeverity: 'high',
            level: 'Beginner',
            worstSlo: { slo: 'availability', state: 'ok', remaining: 0.25 },
          }),
        ],
        [entity('kiosk', { state: 'orphaned' })],
      ],
      '/drift/findings': [
        [{ entityRef: 'component:default/kiosk', ruleId: 'owner-missing' }],
        [{ entityRef: 'component:default/checkout', ruleId: 'slo-missing' }],
      ],
    };
    const queries: Record<string, { parse(query: unknown): any }> = {
      '/entities': entityRoutes.listEntities.query,
      '/drift/findings': driftRoutes.listFindings.query,
    };
    const fetch = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async (input, init) => {
        const { pathname, searchParams } = new URL(String(input));
        const path = pathname.replace('/api/ownership', '');
        const query: Record<string, unknown> = {};
        for (const name of searchParams.keys()) {
          const values = searchParams.getAll(name);
          query[name] = values.length > 1 ? values : values[0];
        }
        // The backend would take it.
        const { cursor, limit } = queries[path].parse(query);
        expect(limit).toBe(500);
        expect(new Headers(init?.headers).get('authorization')).toMatch(
          /^Bearer ./,
        );
        const at = Number(cursor ?? 0);
        return Response.json({
          items: pages[path][at],
          pageInfo: at === 0 ? { nextCursor: '1' } : {},
          totalItems: 2,
        });
      });

    const facts = await retriever.handler({
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
    });
    expect(facts).toEqual([
      {
        entity: { kind: 'component', namespace: 'default', name: 'checkout' },
        facts: {
          ownershipState: 'at-risk',
          isOrphaned: false,
          openFindings: 2,
          worstSeverity: 'high',
          maturityLevel: 'Beginner',
          worstBudgetRemaining: 0.25,
          hasOwner: true,
          ownerExists: true,
          ownerHasMembers: true,
          hasRunbook: true,
          hasSlo: false,
          hasOnCall: true,
        },
      },
      {
        entity: { kind: 'component', namespace: 'default', name: 'kiosk' },
        facts: expect.objectContaining({
          isOrphaned: true,
          worstSeverity: 'none',
          hasOwner: false,
          hasSlo: true,
        }),
      },
    ]);
    expect(Object.keys(facts[0].facts).sort()).toEqual(
      Object.keys(retriever.schema).sort(),
    );

    // Without an answer there are no facts, rather than wrong ones.
    fetch.mockResolvedValue(new Response('{}', { status: 503 }));
    await expect(
      retriever.handler({
        auth: mockServices.auth(),
        discovery: mockServices.discovery(),
      }),
    ).rejects.toThrow('503');
    fetch.mockRestore();
  });
});
