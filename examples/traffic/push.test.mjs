import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseLength, parseMoment, shapeNames } from './generateSamples.mjs';
import { missingSamples, readProfiles, toCalls } from './push.mjs';

const now = Date.parse('2026-11-21T08:00:00Z') / 1000;
const booking = {
  entityRef: 'component:default/booking-api',
  slo: 'latency',
  objective: 0.95,
};

describe('profiles.yaml', () => {
  test('says nothing the generator does not know', async () => {
    for (const [key, profile] of Object.entries(await readProfiles())) {
      assert.match(key, /^component:default\/[a-z0-9-]+\/[a-z0-9-]+$/);
      const {
        perMinute,
        shape,
        burn,
        events = [],
        starts,
        stops,
        push,
        ...rest
      } = profile;
      assert.deepEqual(rest, {}, key);
      assert.ok(push === 'never' || perMinute >= 0, key);
      assert.ok(shape === undefined || shapeNames.includes(shape), key);
      assert.ok(burn === undefined || (burn >= 0 && burn < 1), key);
      const moments = [starts, stops, ...events.map(({ from }) => from)];
      const lengths = events.flatMap(({ lasts, every }) => [lasts, every]);
      for (const text of moments.filter(Boolean)) {
        assert.ok(parseMoment(text, now) < now, key);
      }
      for (const text of lengths.filter(Boolean)) {
        assert.ok(parseLength(text) > 0, key);
      }
    }
  });
});

describe('missingSamples', () => {
  const options = {
    now,
    anchor: now,
    days: 30,
    profiles: { 'component:default/booking-api/latency': { perMinute: 10 } },
  };

  test('tells everything to a portal that knows nothing', () => {
    const samples = missingSamples({ ...options, slos: [booking] });
    assert.equal(samples.length, 24 * 24 + 6 * 288);
    assert.deepEqual(
      [samples[0].start, samples[0].durationSeconds],
      ['2026-10-22T08:00:00.000Z', 3600],
    );
    assert.deepEqual(
      [samples.at(-1).start, samples.at(-1).durationSeconds],
      ['2026-11-21T07:55:00.000Z', 300],
    );
  });

  test('carries on where the data ends', () => {
    const lastDataAt = '2026-11-21T07:45:00.000Z';
    const samples = missingSamples({
      ...options,
      slos: [{ ...booking, lastDataAt }],
    });
    assert.deepEqual(
      samples.map(({ start }) => start.slice(11, 16)),
      ['07:45', '07:50', '07:55'],
    );
  });

  test('leaves alone what is not in the profiles, or never pushed', () => {
    const slos = [{ ...booking, slo: 'mine' }, booking];
    const profiles = {
      'component:default/booking-api/latency': { push: 'never' },
    };
    assert.deepEqual(missingSamples({ ...options, slos, profiles }), []);
  });

  test('calls carry a key that follows from what they say', () => {
    const samples = missingSamples({ ...options, slos: [booking] });
    const calls = toCalls(samples, 1000);
    assert.deepEqual(
      calls.map(call => call.samples.length),
      [1000, 1000, 304],
    );
    assert.deepEqual(toCalls(samples, 1000), calls);
    assert.equal(
      new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size,
      3,
    );
  });
});

describe('push.mjs', () => {
  let server;
  let url;
  let folder;
  const received = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'traffic-'));
    // Two pages of SLOs; the first call for samples fails once.
    let failures = 1;
    server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://portal');
      const send = (status, body) =>
        response.writeHead(status).end(JSON.stringify(body));
      if (request.headers.authorization !== 'Bearer right') {
        send(401, {});
      } else if (pathname === '/api/ownership/slos') {
        send(
          200,
          searchParams.get('cursor')
            ? { items: [booking], pageInfo: {}, totalItems: 2 }
            : {
                items: [{ ...booking, slo: 'availability' }],
                pageInfo: { nextCursor: '2' },
                totalItems: 2,
              },
        );
      } else if (pathname !== '/api/ownership/slis/samples') {
        // Everything else can wait.
        send(404, {});
      } else if (failures > 0) {
        failures -= 1;
        send(503, {});
      } else {
        let text = '';
        for await (const chunk of request) {
          text += chunk;
        }
        const body = JSON.parse(text);
        received.push(body);
        send(200, {
          accepted: body.samples.length,
          replayed: false,
          rejected: [],
        });
      }
    });
    await new Promise(done => {
      server.listen(0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${server.address().port}`;
  });
  after(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const push = (...args) =>
    promisify(execFile)(process.execPath, [
      fileURLToPath(new URL('push.mjs', import.meta.url)),
      ...[
        '--url',
        url,
        '--state',
        join(folder, 'traffic.json'),
        '--now',
        '2026-11-21T08:00:00Z',
      ],
      ...args,
    ]);

  test('reads every page, pushes, tries again and remembers when the story began', async () => {
    const { stdout } = await push('--token', 'right', '--days', '1');
    assert.match(stdout, /576 samples for 2 SLOs/);
    assert.equal(received.length, 1);
    assert.deepEqual(
      new Set(received[0].samples.map(({ slo }) => slo)),
      new Set(['availability', 'latency']),
    );
    assert.equal(
      await readFile(join(folder, 'traffic.json'), 'utf8'),
      '{"anchor":"2026-11-21T08:00:00.000Z"}\n',
    );
  });

  test('says what is wrong with the token', async () => {
    await assert.rejects(push('--token', 'wrong'), ({ code, stderr }) => {
      assert.match(stderr, /refused the token \(401\)/);
      return code === 1;
    });
  });
});
