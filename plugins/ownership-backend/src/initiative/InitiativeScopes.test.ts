import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { InitiativeScopes } from './InitiativeScopes';

describe('InitiativeScopes', () => {
  it.each([
    ['of a person with their eyes', mockCredentials.user(), 'user'],
    // Its token may be for this plugin alone.
    ['of a service with its own', mockCredentials.service('ci'), 'service'],
  ])('asks on behalf %s', async (_case, credentials, type) => {
    const catalog = catalogServiceMock.mock();
    const scopes = new InitiativeScopes({
      catalog,
      auth: mockServices.auth({ pluginId: 'ownership' }),
      kinds: new Set(),
    });
    await expect(
      scopes.exists('group:default/gone', { kinds: ['group'], credentials }),
    ).resolves.toBe(false);
    const { principal } =
      type === 'user'
        ? credentials
        : mockCredentials.service('plugin:ownership');
    expect(catalog.getEntityByRef).toHaveBeenCalledWith('group:default/gone', {
      credentials: expect.objectContaining({ principal }),
    });
  });
});
