import { organisationPart } from './organisationPart';
import { OrganisationBuilder } from './OrganisationBuilder';

function api(name: string, ...relations: string[]) {
  const { seen, mark } = organisationPart({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: { name },
    relations: relations.map(relation => {
      const [type, of] = relation.split(' ');
      return { type, targetRef: `component:default/${of}` };
    }),
  });
  return { seen, mark: mark! };
}

describe('OrganisationBuilder', () => {
  it('knows who consumes an API, unless nobody can tell whose', () => {
    const builder = new OrganisationBuilder();
    builder.add(api('fares', 'apiProvidedBy fares', 'apiConsumedBy shop'));
    builder.add(
      api(
        'orders',
        'apiProvidedBy old-orders',
        'apiProvidedBy new-orders',
        'apiConsumedBy shop',
      ),
    );
    expect([...builder.build({}).apiConsumers]).toEqual([
      ['api:default/fares', ['component:default/shop']],
    ]);
  });
});
