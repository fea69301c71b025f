import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  eventsServiceRef,
  type EventsService,
} from '@backstage/plugin-events-node';
import { complaints, load, recipe } from '../__testUtils__/recipes';
import { OwnershipEvents, type OwnershipEvent } from './OwnershipEvents';

jest.setTimeout(120_000);

describe('the recipe for webhooks', () => {
  const code = recipe({ page: 'operations.md', file: 'ownershipWebhook.ts' });

  it('is right TypeScript', () => {
    expect(complaints(code)).toEqual([]);
  });

  it('tells of orphans and suspended scans, and lets nobody wait', async () => {
    let events!: EventsService;
    const told: unknown[] = [];
    const fetch = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async (address, init) => {
        told.push([String(address), JSON.parse(String(init?.body))]);
        // One that never answers, then one that does not want it.
        return told.length === 1
          ? new Promise(() => {})
          : new Response('no', { status: 500 });
      });
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
          data: { ownershipWebhook: { url: 'https://chat.example/hook' } },
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
    const all: OwnershipEvent[] = [
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
    for (const event of all) {
      await publisher.deliver(event);
    }
    expect(told).toEqual([
      [
        'https://chat.example/hook',
        { text: 'Nobody answers for component:default/cart any more' },
      ],
      [
        'https://chat.example/hook',
        {
          text: 'Ownership scans are suspended: 12 owners are gone at once',
        },
      ],
    ]);
    fetch.mockRestore();
    await backend.stop();
  });
});
