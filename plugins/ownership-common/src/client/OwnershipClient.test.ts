import * as common from '..';
import type { ApiRoutes } from '../api';
import { OwnershipClient } from './OwnershipClient';

const routes: ApiRoutes = Object.assign(
  {},
  ...Object.entries(common)
    .filter(([name]) => name.endsWith('Routes'))
    .map(([, room]) => room),
);

/** Asked by others than the pages, or by a method for several of them. */
const otherwise = [
  'acceptHandover',
  'cancelHandover',
  'completeHandover',
  'declineHandover',
  'getBadge',
  'getDriftReport',
  'getVerdicts',
  'importFocus',
  'listOverviewTeams',
];

function setUp() {
  const requests: Array<{ method?: string; path: string }> = [];
  const client = new OwnershipClient({
    discoveryApi: { getBaseUrl: async () => 'http://portal' },
    fetchApi: {
      fetch: async (input, init) => {
        requests.push({
          method: init?.method,
          path: String(input).replace('http://portal', ''),
        });
        return new Response('{}');
      },
    },
  });
  return { client, requests };
}

describe('OwnershipClient', () => {
  it('has a method for every call', () => {
    const { client } = setUp();
    expect(
      Object.keys(routes)
        .filter(name => !(name in client))
        .sort(),
    ).toEqual(otherwise);
  });

  it.each(
    Object.entries(routes)
      .filter(([name]) => !otherwise.includes(name))
      .map(([name, { method, path }]) => [name, method.toUpperCase(), path]),
  )('%s asks %s %s', async (name, method, path) => {
    const { client, requests } = setUp();
    const call = client[name as keyof OwnershipClient] as (
      ...args: string[]
    ) => Promise<unknown>;
    await call('component:Default/a b', 'x/y', 'z');
    expect(requests).toEqual([
      {
        method,
        path: expect.stringMatching(
          `^${path.replace(/:\w+/g, '[^/?]+')}(\\?.*)?$`,
        ),
      },
    ]);
  });

  it('writes what a path and a query cannot hold as it is', async () => {
    const { client, requests } = setUp();
    await client.getSlo('Component:default/Checkout', 'a/b?c');
    await client.listSlos({
      text: 'a&b',
      state: ['breached', 'met'],
      team: undefined,
      limit: 50,
    });
    expect(requests.map(({ path }) => path)).toEqual([
      '/slos/component/default/checkout/a%2Fb%3Fc',
      '/slos?text=a%26b&state=breached&state=met&limit=50',
    ]);
  });

  it('tells what the backend said of a failure', async () => {
    const client = new OwnershipClient({
      discoveryApi: { getBaseUrl: async () => 'http://portal' },
      fetchApi: {
        fetch: async () =>
          new Response(
            JSON.stringify({
              error: { name: 'NotAllowedError', message: 'Ask the owner' },
              response: { statusCode: 403 },
            }),
            {
              status: 403,
              headers: { 'content-type': 'application/json' },
            },
          ),
      },
    });
    await expect(client.getSloDiscovery()).rejects.toMatchObject({
      cause: { name: 'NotAllowedError', message: 'Ask the owner' },
    });
  });
});
