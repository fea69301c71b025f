import { mockCredentials } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readOrganisation } from './readOrganisation';

const slo = (
  apiVersion: string,
  kind: string,
  name: string,
  spec: object = {},
) => ({ apiVersion, kind, metadata: { name }, spec } as never);

describe('readOrganisation', () => {
  it('knows the SLOs of every format by the component they are for', async () => {
    const entities = [
      slo('openslo/v1', 'SLO', 'written', { service: 'cart' }),
      slo('sloth.slok.dev/v1', 'PrometheusServiceLevel', 'sloth', {
        service: 'cart',
      }),
      {
        apiVersion: 'pyrra.dev/v1alpha1',
        kind: 'ServiceLevelObjective',
        metadata: { name: 'pyrra', labels: { 'pyrra.dev/service': 'cart' } },
      },
      slo('openslo/v1', 'SLO', 'nobodys'),
      slo('openslo/v1', 'SLI', 'sli', { service: 'cart' }),
      slo('openslo/v1', 'DataSource', 'prometheus'),
      slo('openslo/v1', 'AlertPolicy', 'burns'),
      slo('openslo/v1', 'AlertCondition', 'fast'),
      slo('example.com/v1', 'Widget', 'other', { service: 'cart' }),
    ];
    const organisation = await readOrganisation({
      catalog: catalogServiceMock({ entities }),
      credentials: mockCredentials.service(),
      signal: new AbortController().signal,
    });
    const names = (found: Array<{ metadata: { name: string } }> = []) =>
      found.map(({ metadata }) => metadata.name).sort();
    expect(
      Array.from(organisation.sloEntities, ([ref, of]) => [ref, names(of)]),
    ).toEqual([['component:default/cart', ['pyrra', 'sloth', 'written']]]);
    expect(names(organisation.allSlos)).toEqual([
      'nobodys',
      'pyrra',
      'sloth',
      'written',
    ]);
    expect(names(organisation.sharedSloParts)).toEqual([
      'burns',
      'fast',
      'prometheus',
      'sli',
    ]);
  });
});
