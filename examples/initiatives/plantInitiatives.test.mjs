import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantInitiatives, readInitiatives } from './plantInitiatives.mjs';

const now = Date.parse('2026-11-21T08:00:00Z') / 1000;

test('counts the days of the initiatives from now', async () => {
  const [contracts, restores] = await readInitiatives({ now });
  assert.equal(contracts.startsAt, '2026-09-22T08:00:00.000Z');
  assert.equal(contracts.dueAt, '2026-12-05T08:00:00.000Z');
  assert.equal(contracts.state, 'active');
  assert.deepEqual(restores.goal, { ruleIds: ['backup-untested'] });
  assert.ok(!('dueInDays' in restores));
});

test('starts only what is not there', async () => {
  const bodies = [];
  const items = [];
  const api = async (path, body) => {
    assert.equal(path, '/initiatives');
    if (!body) {
      return { items };
    }
    bodies.push(body);
    items.push(body);
    return body;
  };
  assert.equal((await plantInitiatives({ api, now })).length, 2);
  assert.deepEqual(await plantInitiatives({ api, now }), []);
  assert.equal(bodies.length, 2);
});
