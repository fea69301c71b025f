import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ownershipAttestPermission,
  ownershipFindingWaivePermission,
  ownershipReadPermission,
  ownershipScanRunPermission,
} from '@service-ownership/backstage-plugin-ownership-common';
import { Visibility } from './Visibility';

const credentials = mockCredentials.user();
const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

const component = (name: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
});

/** A policy that hides every entity whose name starts with `secret`. */
function setUp(options?: {
  whole?: typeof ALLOW | typeof DENY;
  /** On all entities alike, whatever else depends on them. */
  reads?: typeof ALLOW;
  names?: string[];
  /** What the permission backend asks the catalog of each entity. */
  conditions?: string;
}) {
  const permissions = mockServices.permissions.mock();
  permissions.authorizeConditional.mockImplementation(async asked =>
    asked.map(({ permission }) =>
      options?.whole ||
      (options?.reads && permission === ownershipReadPermission)
        ? { result: options.whole ?? ALLOW }
        : {
            result: CONDITIONAL,
            pluginId: 'catalog',
            resourceType: 'catalog-entity',
            conditions: {
              rule: 'HAS_METADATA',
              resourceType: 'catalog-entity',
              params: {},
            },
          },
    ),
  );
  permissions.authorize.mockImplementation(async asked => {
    // As express.json() of the permission backend, and of the catalog.
    const more = { id: 'x'.repeat(36), conditions: options?.conditions };
    const body = JSON.stringify(asked.map(one => ({ ...one, ...more })));
    if (body.length > 100 * 1024) {
      throw Object.assign(new Error('Payload Too Large'), { statusCode: 413 });
    }
    return asked.map(({ permission, resourceRef }) => ({
      result:
        permission.name === ownershipFindingWaivePermission.name ||
        permission.name === ownershipScanRunPermission.name ||
        resourceRef?.includes('/secret')
          ? DENY
          : ALLOW,
    }));
  });
  const catalog = catalogServiceMock({
    entities: (options?.names ?? ['open', 'secret-one']).map(component),
  });
  const streamed = jest.spyOn(catalog, 'streamEntities');
  let now = 0;
  const visibility = new Visibility({ permissions, catalog, now: () => now });
  return {
    visibility,
    streamed,
    permissions,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('Visibility', () => {
  it('asks the catalog for nothing where the policy decides as a whole', async () => {
    const all = setUp({ whole: ALLOW });
    const none = setUp({ whole: DENY });

    expect(await all.visibility.visibleRefs(credentials)).toBe('all');
    expect(await none.visibility.visibleRefs(credentials)).toEqual(new Set());
    expect(all.streamed).not.toHaveBeenCalled();
    expect(none.streamed).not.toHaveBeenCalled();
  });

  it('leaves out what ownership.read denies, and remembers it for a while', async () => {
    const { visibility, streamed, permissions, pass } = setUp();

    const visible = await visibility.visibleRefs(credentials);
    expect(visible).toEqual(new Set(['component:default/open']));
    expect(permissions.authorize.mock.calls[0][0][0].permission).toBe(
      ownershipReadPermission,
    );

    await visibility.visibleRefs(credentials);
    expect(streamed).toHaveBeenCalledTimes(1);
    pass(30_001);
    await visibility.visibleRefs(credentials);
    expect(streamed).toHaveBeenCalledTimes(2);
  });

  it('does not ask of each entity what holds for all', async () => {
    const { visibility, permissions } = setUp({ reads: ALLOW });
    expect(await visibility.visibleRefs(credentials)).toEqual(
      new Set(['component:default/open', 'component:default/secret-one']),
    );
    expect(permissions.authorize).not.toHaveBeenCalled();
  });

  it.each([
    ['permission backend', ''],
    ['catalog', 'x'.repeat(5000)],
  ])('asks no more at once than the %s takes', async (_asked, conditions) => {
    const names = Array.from({ length: 1000 }, (_, index) =>
      `${index % 2 ? 'open' : 'secret'}-${index}-`.padEnd(63, 'x'),
    );
    const refs = names.map(name => `component:default/${name}`);
    const open = new Set(refs.filter((_, index) => index % 2));
    const { visibility } = setUp({ names, conditions });

    expect(await visibility.visibleRefs(credentials)).toEqual(open);
    expect(
      await visibility.onEntities(ownershipAttestPermission, refs, credentials),
    ).toEqual({ visible: open, granted: open });
  });

  it('grants nothing on an entity the caller may not see', async () => {
    const { visibility } = setUp();
    const both = [ownershipAttestPermission, ownershipFindingWaivePermission];

    expect(
      await visibility.onEntity(both, 'component:default/open', credentials),
    ).toEqual({ 'ownership.attest': true, 'ownership.finding.waive': false });
    expect(
      await visibility.onEntity(both, 'component:default/secret', credentials),
    ).toEqual({ 'ownership.attest': false, 'ownership.finding.waive': false });
    await expect(
      visibility.requireOnEntity(
        ownershipReadPermission,
        'component:default/secret',
        credentials,
      ),
    ).rejects.toThrow(
      'Permission ownership.read on component:default/secret is required',
    );
    await expect(
      visibility.require(ownershipScanRunPermission, credentials),
    ).rejects.toThrow('Permission ownership.scan.run is required');
  });
});
