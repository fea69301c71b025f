import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  tellBill,
  tellEvents,
  tellMeasurements,
} from './generateDeliveries.mjs';
import { readStory } from './pushDeliveries.mjs';

const now = Date.parse('2026-11-21T08:00:00Z') / 1000;
const story = await readStory();

describe('the story of deliveries', () => {
  test('is told in order, with names of its own, and the same when told again', () => {
    const events = tellEvents({ story, anchor: now, now });
    const times = events.map(({ context }) => context.timestamp);
    assert.deepEqual(times, [...times].sort());
    const ids = events.map(({ context }) => context.id);
    assert.equal(new Set(ids).size, ids.length);
    // A day later all that was told is told again, and more.
    const later = tellEvents({ story, anchor: now, now: now + 86_400 });
    const told = new Map(later.map(event => [event.context.id, event]));
    for (const event of events) {
      assert.deepEqual(told.get(event.context.id), event);
    }
    assert.ok(later.length > events.length);
    const kinds = events.map(({ context }) => context.type.split('.')[3]);
    assert.equal(kinds.filter(kind => kind === 'rolledback').length, 1);
    assert.equal(kinds.filter(kind => kind === 'detected').length, 2);
    assert.equal(kinds.filter(kind => kind === 'resolved').length, 1);
  });

  test('has a bill that adds up to the month', () => {
    const [header, ...rows] = tellBill({ story, now }).trim().split('\n');
    const columns = header.split(',');
    const cost = columns.indexOf('EffectiveCost');
    const sum = rows
      .filter(row => row.includes('2026-10') && row.includes('""sign-in""'))
      .filter(row => row.split(',')[3].startsWith('2026-10'))
      .reduce((total, row) => total + Number(row.split(',')[cost]), 0);
    assert.ok(Math.abs(sum - story.costs['sign-in']) < 0.1, String(sum));
    assert.ok(rows.at(-1).includes('2026-11-21T00:00:00.000Z'));
  });

  test('measures the last complete month', () => {
    for (const { period, value } of tellMeasurements({ story, now })) {
      assert.deepEqual(period, {
        start: '2026-10-01T00:00:00.000Z',
        end: '2026-11-01T00:00:00.000Z',
      });
      assert.ok(value >= 0);
    }
  });
});
