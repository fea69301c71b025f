import assert from 'node:assert/strict';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { materialise, replaceDates } from './materialise.mjs';

const now = new Date('2026-11-21T08:00:00Z');

describe('replaceDates', () => {
  test('anchors days to the present one', () => {
    assert.equal(replaceDates("'{{today}}'", now), "'2026-11-21'");
    assert.equal(replaceDates("'{{today-40d}}'", now), "'2026-10-12'");
    assert.equal(replaceDates("'{{ today+7d }}'", now), "'2026-11-28'");
    assert.equal(
      replaceDates('path: /sailings/{id}', now),
      'path: /sailings/{id}',
    );
  });

  test('refuses what it does not know', () => {
    assert.throws(
      () => replaceDates('{{yesterday}}', now),
      /expected \{\{today\}\}/,
    );
  });
});

describe('materialise', () => {
  let root;
  let source;
  let out;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'example-'));
    source = join(root, 'examples');
    out = join(root, 'copy');
    for (const part of ['org', 'services/a', 'contracts', 'slos']) {
      await mkdir(join(source, part), { recursive: true });
    }
    await writeFile(join(source, 'all.yaml'), 'kind: Location\n');
    await writeFile(join(source, 'org/a.yaml'), 'kind: Group\n');
    await writeFile(join(source, 'services/a/c.yaml'), "at: '{{today-1d}}'\n");
  });
  afterEach(() => rm(root, { recursive: true }));

  const copy = file => readFile(join(out, file), 'utf8');

  test('copies, and anchors anew on another day', async () => {
    const first = await materialise({ source, out, now });
    assert.deepEqual(first.written, [
      'all.yaml',
      'org/a.yaml',
      'services/a/c.yaml',
    ]);
    assert.equal(await copy('services/a/c.yaml'), "at: '2026-11-20'\n");

    const again = await materialise({ source, out, now });
    assert.equal(again.written.length, 0);

    const later = await materialise({
      source,
      out,
      now: new Date('2027-01-01'),
    });
    assert.deepEqual(later.written, ['services/a/c.yaml']);
    assert.equal(await copy('services/a/c.yaml'), "at: '2026-12-31'\n");
  });

  test('leaves what was edited or deleted in the copy until it is reset', async () => {
    await materialise({ source, out, now });
    await writeFile(join(out, 'org/a.yaml'), '# nobody here\n');
    await rm(join(out, 'services/a/c.yaml'));

    for (let run = 0; run < 2; run += 1) {
      const { kept, written } = await materialise({ source, out, now });
      assert.deepEqual(kept, ['org/a.yaml', 'services/a/c.yaml']);
      assert.deepEqual(written, []);
    }
    await materialise({ source, out, now, reset: true });
    assert.equal(await copy('org/a.yaml'), 'kind: Group\n');
    assert.equal(await copy('services/a/c.yaml'), "at: '2026-11-20'\n");
  });

  test('an edit that is taken back is none', async () => {
    await materialise({ source, out, now });
    await writeFile(join(out, 'org/a.yaml'), 'kind: Nothing\n');
    await writeFile(join(out, 'org/a.yaml'), 'kind: Group\n');
    await writeFile(join(source, 'org/a.yaml'), 'kind: Group # newer\n');
    const { written } = await materialise({ source, out, now });
    assert.deepEqual(written, ['org/a.yaml']);
  });

  test('removes what the example no longer has, unless it was edited', async () => {
    await writeFile(join(source, 'slos/old.yaml'), 'kind: SLO\n');
    await writeFile(join(source, 'slos/mine.yaml'), 'kind: SLO\n');
    await materialise({ source, out, now });
    await writeFile(join(out, 'slos/mine.yaml'), 'kind: SLO # mine\n');
    await rm(join(source, 'slos/old.yaml'));
    await rm(join(source, 'slos/mine.yaml'));
    const { removed } = await materialise({ source, out, now });
    assert.deepEqual(removed, ['slos/old.yaml']);
    assert.equal(await copy('slos/mine.yaml'), 'kind: SLO # mine\n');
  });
});
