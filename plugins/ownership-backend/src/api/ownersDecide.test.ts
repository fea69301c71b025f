import { startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { ownershipPermissions } from '@service-ownership/backstage-plugin-ownership-common';
import { complaints, load, recipe } from '../__testUtils__/recipes';

jest.setTimeout(120_000);

describe('the recipe for a permission policy', () => {
  const code = recipe({ page: 'installation.md', file: 'ownersDecide.ts' });

  it('is right TypeScript', () => {
    expect(complaints(code)).toEqual([]);
  });

  it('lets everybody read, owners decide what is theirs, the platform team do all', async () => {
    let policy: any;
    const backend = await startTestBackend({
      extensionPoints: [
        [policyExtensionPoint, { setPolicy: given => (policy = given) }],
      ],
      features: [load(code).default],
    });
    const answers = async (team: string) => {
      const user = { info: { ownershipEntityRefs: [team] } };
      const results = await Promise.all(
        ownershipPermissions.map(async permission => [
          permission.name,
          (await policy.handle({ permission }, user)).result,
        ]),
      );
      return Object.fromEntries(results);
    };

    const { ALLOW, CONDITIONAL, DENY } = AuthorizeResult;
    expect(await answers('group:default/payments')).toEqual({
      ...Object.fromEntries(
        ownershipPermissions.map(({ name }) => [name, DENY]),
      ),
      'ownership.read': ALLOW,
      'ownership.finding.waive': CONDITIONAL,
      'ownership.attest': CONDITIONAL,
      'ownership.slo.exclude': CONDITIONAL,
    });
    expect(
      new Set(Object.values(await answers('group:default/platform'))),
    ).toEqual(new Set([ALLOW]));
    expect(
      await policy.handle({ permission: { name: 'scaffolder.task.read' } }),
    ).toEqual({ result: ALLOW });
    await backend.stop();
  });
});
