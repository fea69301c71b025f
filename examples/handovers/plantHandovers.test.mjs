import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import YAML from 'yaml';
import { plantHandovers } from './plantHandovers.mjs';

const now = Date.parse('2026-11-21T08:00:00Z') / 1000;

test('begins a handover once, has it accepted and works on it', async () => {
  const calls = [];
  let known = 0;
  const api = async (path, body, { method = body ? 'POST' : 'GET' } = {}) => {
    calls.push([method, path]);
    if (method === 'GET') {
      return { totalItems: known };
    }
    if (path === '/handovers') {
      known += 1;
      assert.equal(body.dueAt, '2026-12-05T08:00:00.000Z');
    }
    return { id: 'h1' };
  };
  assert.deepEqual(await plantHandovers({ api, now }), [
    'component:default/webhook-relay',
  ]);
  assert.deepEqual(calls.slice(1), [
    ['POST', '/handovers'],
    ['POST', '/handovers/h1/accept'],
    ['PATCH', '/handovers/h1/checklist/2'],
    ['PATCH', '/handovers/h1/checklist/5'],
  ]);
  assert.deepEqual(await plantHandovers({ api, now }), []);
});

test('is what PLANTED.yaml says', async () => {
  const planted = YAML.parse(
    await readFile(new URL('../PLANTED.yaml', import.meta.url), 'utf8'),
  );
  const handovers = YAML.parse(
    await readFile(new URL('handovers.yaml', import.meta.url), 'utf8'),
  );
  assert.deepEqual(
    planted.handovers,
    handovers.flatMap(({ entityRefs, to }) =>
      entityRefs.map(entityRef => ({ entityRef, to })),
    ),
  );
});
