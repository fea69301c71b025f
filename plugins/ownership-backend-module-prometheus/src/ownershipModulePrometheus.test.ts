import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ownershipSliSourcesExtensionPoint } from '@service-ownership/backstage-plugin-ownership-node';
import { ownershipModulePrometheus } from './ownershipModulePrometheus';

async function start(data: object) {
  const addSources = jest.fn();
  await startTestBackend({
    extensionPoints: [[ownershipSliSourcesExtensionPoint, { addSources }]],
    features: [
      ownershipModulePrometheus,
      mockServices.rootConfig.factory({
        data: JSON.parse(JSON.stringify(data)),
      }),
    ],
  });
  return addSources;
}

describe('ownershipModulePrometheus', () => {
  it('adds one source for all servers', async () => {
    const addSources = await start({
      ownership: {
        prometheus: {
          servers: [{ name: 'main', url: 'http://localhost:9090' }],
        },
      },
    });
    expect(addSources).toHaveBeenCalledWith(
      expect.objectContaining({ id: 'prometheus' }),
    );
  });

  it('does nothing without a server', async () => {
    expect(await start({})).not.toHaveBeenCalled();
  });
});
