import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import { complaints, load, recipe } from '../__testUtils__/recipes';
import { OwnershipEvents, type OwnershipEvent } from './OwnershipEvents';

jest.setTimeout(120_000);

const byText = (a: unknown, b: unknown) =>
  JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;

describe('the recipe for webhooks', () => {
  const code = recipe({ page: 'operations.md', file: 'ownershipWebhook.ts' });

  it('is right TypeScript', () => {
    expect(complaints(code)).toEqual([]);
  });

  it('tells of orphans and suspended scans, and lets nobody wait', async () => {
    let events!: EventsService;
    const told: unknown[] = [];
    let isTold!: () => void;
    const all = new Promise<void>(resolve => (isTold = resolve));
    const chat = createServer(async (request, response) => {
      const { method, url, headers } = request;
      told.push([method, url, headers['content-type'], await json(request)]);
      // The first one is never answered, and the second one is not wanted.
      if (told.length === 2) {
        response.writeHead(500).end('no');
        isTold();
      }
    });
    await new Promise<void>(resolve => chat.listen(0, '127.0.0.1', resolve));
    const { port } = chat.address() as AddressInfo;
    const backend = await startTestBackend({
      features: [
        load(code).ownershipWebhook,
        createBackendModule({
          pluginId: 'ownership',
          moduleId: 'publisher',
          register(env) {
            env.registerInit({
              deps: { service: eventsServiceRef },
              async init({ service }) {
                events = service;
              },
            });
          },
        }),
        mockServices.rootConfig.factory({
          data: { ownershipWebhook: { url: `http://127.0.0.1:${port}/hook` } },
        }),
      ],
    });
    const publisher = new OwnershipEvents({
      events,
      logger: mockServices.logger.mock(),
    });
    const at = '2026-11-21T10:00:00.000Z';
    const changed = {
      type: 'state.changed' as const,
      ...{ at, ownerRefs: [], entityRef: 'component:default/cart' },
    };
    const happened: OwnershipEvent[] = [
      { ...changed, state: 'orphaned', previousState: 'owned' },
      // New, or well.
      { ...changed, state: 'orphaned' },
      { ...changed, state: 'owned', previousState: 'orphaned' },
      {
        type: 'scan.suspended',
        ...{ at, scanId: '1', opened: 0, reopened: 0, closed: 0 },
        reason: '12 owners are gone at once',
      },
    ];
    for (const event of happened) {
      await publisher.deliver(event);
    }
    await all;
    const post = ['POST', '/hook', 'application/json'];
    // Each came over a connection of its own.
    expect(told.sort(byText)).toEqual([
      [...post, { text: 'Nobody answers for component:default/cart any more' }],
      [
        ...post,
        { text: 'Ownership scans are suspended: 12 owners are gone at once' },
      ],
    ]);
    await backend.stop();
    chat.closeAllConnections();
    await new Promise(resolve => chat.close(resolve));
  });
});
