import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogEntity, team } from '../../__testUtils__/driftBench';
import { streamComponents } from './streamComponents';

const entities = [
  ...team('shop', ['ada']),
  catalogEntity('Location', 'files', {}),
  catalogEntity('Component', 'checkout', { owner: 'shop' }),
  catalogEntity('API', 'orders', { owner: 'shop' }),
];

describe('streamComponents', () => {
  it.each([
    [['component'], ['component:default/checkout']],
    [
      ['component', 'group', 'location'],
      [
        'component:default/checkout',
        'group:default/shop',
        'location:default/files',
      ],
    ],
    [
      ['group', 'user', 'location'],
      expect.arrayContaining(['user:default/ada']),
    ],
  ])('gives %p and tells of every API', async (kinds, expected) => {
    const catalog = catalogServiceMock({ entities });
    const refs: string[] = [];
    const apis: string[] = [];
    for await (const page of streamComponents({
      catalog,
      credentials: mockCredentials.service(),
      kinds: new Set(kinds),
      moreFields: [],
      onApi: ref => apis.push(ref),
      signal: new AbortController().signal,
    })) {
      refs.push(...page.map(({ entityRef }) => entityRef));
    }
    expect(refs.sort()).toEqual(expected);
    expect(apis).toEqual(['api:default/orders']);
  });

  it('does not ask for people who are not under ownership', async () => {
    const catalog = catalogServiceMock({ entities });
    const read = jest.spyOn(catalog, 'streamEntities');
    const pages = streamComponents({
      catalog,
      credentials: mockCredentials.service(),
      kinds: new Set(['component', 'group']),
      moreFields: [],
      onApi: () => {},
      signal: new AbortController().signal,
    });
    await pages.next();
    expect(read.mock.calls[0][0]?.query).toEqual({
      $all: [{ $not: { kind: 'User' } }, { $not: { kind: 'Location' } }],
    });
  });
});
