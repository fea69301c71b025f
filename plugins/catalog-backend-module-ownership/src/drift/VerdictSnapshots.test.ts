import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { VerdictSnapshots } from './VerdictSnapshots';

const scannedAt = '2026-11-21T08:00:00.000Z';
const refs = {
  'at-risk': [],
  orphaned: ['component:default/lost'],
  unknown: [],
};

describe('VerdictSnapshots', () => {
  let server: Server;
  let now = 0;
  let respond: express.RequestHandler;
  let requests: Array<string | undefined>;
  let snapshots: VerdictSnapshots;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    now = 0;
    requests = [];
    respond = (_, res) => res.json({ scannedAt, refs });
    const app = express();
    app.get('/api/ownership/drift/verdicts', (req, res, next) => {
      requests.push(req.header('If-None-Match'));
      respond(req, res, next);
    });
    await new Promise<void>(resolve => {
      server = app.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = server.address() as AddressInfo;
    jest.clearAllMocks();
    snapshots = new VerdictSnapshots({
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
      }),
      logger,
      intervalMs: 10_000,
      clock: () => new Date(now),
    });
  });

  afterEach(async () => {
    await new Promise(resolve => server.close(resolve));
  });

  it('asks once per interval for everybody, and again after a scan', async () => {
    const [one, two] = await Promise.all([
      snapshots.latest(),
      snapshots.latest(),
    ]);
    expect(one?.states.get('component:default/lost')).toBe('orphaned');
    expect(two).toBe(one);
    now = 9_999;
    await snapshots.latest();
    expect(requests).toEqual([undefined]);

    now = 10_000;
    expect(await snapshots.latest()).toBe(one);
    expect(requests).toEqual([undefined, expect.any(String)]);

    respond = (_, res) =>
      res.json({ scannedAt, refs: { ...refs, orphaned: [] } });
    snapshots.onOwnershipEvent({ type: 'state.changed' });
    snapshots.onOwnershipEvent(undefined);
    expect(await snapshots.latest()).toBe(one);
    snapshots.onOwnershipEvent({ type: 'scan.completed' });
    expect((await snapshots.latest())?.states.size).toBe(0);
    expect(requests).toHaveLength(3);
  });

  it.each<[name: string, respond: express.RequestHandler]>([
    ['is down', (_, res) => void res.status(503).end()],
    ['refuses', (_, res) => void res.status(403).json({ error: {} })],
    ['hangs up', (_, res) => void res.destroy()],
    ['talks nonsense', (_, res) => void res.send('<html>')],
    ['answers with another shape', (_, res) => void res.json({ refs: [] })],
    [
      'was never scanned',
      (_, res) =>
        void res.json({ refs: { 'at-risk': [], orphaned: [], unknown: [] } }),
    ],
  ])('keeps what it knew while the backend %s', async (_, failing) => {
    const usual = respond;
    respond = failing;
    expect(await snapshots.latest()).toBeUndefined();

    respond = usual;
    now += 10_000;
    const known = await snapshots.latest();
    expect(known?.scannedAt).toEqual(new Date(scannedAt));

    logger.warn.mockClear();
    respond = failing;
    for (let pass = 0; pass < 3; pass++) {
      now += 10_000;
      expect(await snapshots.latest()).toBe(known);
    }
    expect(logger.warn.mock.calls.length).toBeLessThanOrEqual(1);
  });
});
