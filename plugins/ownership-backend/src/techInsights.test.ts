import { mockServices } from '@backstage/backend-test-utils';
import {
  driftRoutes,
  entityRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import { complaints, load, recipe } from './__testUtils__/recipes';

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

/** As an adopter copies it, but for the package that is not installed here. */
function retrieverRecipe(): string {
  return recipe({
    page: 'tech-insights.md',
    file: 'ownershipFactRetriever.ts',
  }).replace(
    /import type \{ FactRetriever \} from '@backstage-community[^;]*;/,
    TYPES,
  );
}

jest.setTimeout(120_000);

describe('the recipe for Tech Insights', () => {
  it('is right TypeScript', () => {
    expect(complaints(retrieverRecipe())).toEqual([]);
    // And what would be wrong is seen.
    expect(
      complaints(`${retrieverRecipe()}\nownershipFactRetriever.nothing;`),
    ).toEqual([expect.stringContaining("'nothing' does not exist")]);
  });

  it('reads all pages and gives a fact for each of its schema', async () => {
    const { ownershipFactRetriever: retriever } = load(retrieverRecipe());
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
