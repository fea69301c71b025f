// Copies the example organisation to where the portal reads it and turns its
// dates into real ones.
//
//   node examples/materialise.mjs --out .data/example [--now 2026-11-21T08:00:00Z] [--reset]
//
// The files of the example say `{{today-40d}}` where a real contract says
// 2026-10-12. Every run anchors them to the present day, so that what is fresh
// stays fresh and what is overdue stays overdue, however old this repository
// gets.
//
// The copy is yours to edit while the portal runs: delete a group, see what
// becomes orphaned, put it back. A run never overwrites or restores a file that
// was edited or deleted there; `--reset` does.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const SOURCE = dirname(fileURLToPath(import.meta.url));
const PARTS = ['all.yaml', 'org', 'services', 'contracts', 'slos'];
// What each file was when it was last written here.
const MANIFEST = '.materialised.json';
const DAY = 24 * 60 * 60 * 1000;

/**
 * Replaces `{{today}}`, `{{today-40d}}` and `{{today+7d}}` by days as
 * YYYY-MM-DD in UTC. Throws for any other placeholder.
 */
export function replaceDates(text, now) {
  return text.replace(/\{\{([^{}]*)\}\}/g, (whole, expression) => {
    const match = /^today(?:([+-])(\d{1,4})d)?$/.exec(expression.trim());
    if (!match) {
      throw new Error(
        `${whole} is not a date; expected {{today}}, {{today-40d}} or {{today+7d}}`,
      );
    }
    const days = Number(match[2] ?? 0) * (match[1] === '-' ? -1 : 1);
    return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  });
}

/**
 * Brings the copy in `out` up to date and says what was done, by file:
 * `written`, `unchanged`, `removed` (gone from the example) and `kept` (edited
 * or deleted in the copy, and left so).
 */
export async function materialise({
  source = SOURCE,
  out,
  now,
  reset = false,
}) {
  const manifestPath = join(out, MANIFEST);
  const manifest = reset ? {} : await readManifest(manifestPath);
  const files = await listFiles(source);
  const done = { written: [], unchanged: [], removed: [], kept: [] };
  const next = {};

  for (const file of files) {
    const text = replaceDates(await readFile(join(source, file), 'utf8'), now);
    const current = await readIfThere(join(out, file));
    const edited =
      !reset && file in manifest && digest(current) !== manifest[file];
    if (edited && current !== text) {
      next[file] = manifest[file];
      done.kept.push(file);
      continue;
    }
    next[file] = digest(text);
    if (current === text) {
      done.unchanged.push(file);
    } else {
      await mkdir(dirname(join(out, file)), { recursive: true });
      await writeFile(join(out, file), text);
      done.written.push(file);
    }
  }
  for (const file of Object.keys(manifest).filter(name => !(name in next))) {
    const current = await readIfThere(join(out, file));
    if (current !== undefined && digest(current) === manifest[file]) {
      await rm(join(out, file));
      done.removed.push(file);
    }
  }
  await mkdir(out, { recursive: true });
  await writeFile(manifestPath, `${JSON.stringify(next, undefined, 2)}\n`);
  return done;
}

/** Paths of the example's files below `source`, in order. */
async function listFiles(source) {
  const files = [];
  for (const part of PARTS) {
    if (part.includes('.')) {
      files.push(part);
      continue;
    }
    const entries = await readdir(join(source, part), {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of entries) {
      if (entry.isFile()) {
        files.push(relative(source, join(entry.parentPath, entry.name)));
      }
    }
  }
  return files.sort();
}

async function readManifest(path) {
  const text = await readIfThere(path);
  return text === undefined ? {} : JSON.parse(text);
}

async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function digest(text) {
  return text === undefined
    ? 'deleted'
    : createHash('sha256').update(text).digest('hex');
}

async function main() {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      now: { type: 'string' },
      reset: { type: 'boolean' },
    },
  });
  const now = values.now ? new Date(values.now) : new Date();
  if (!values.out || Number.isNaN(now.getTime())) {
    throw new Error(
      'usage: node examples/materialise.mjs --out <folder> [--now <ISO 8601 moment>] [--reset]',
    );
  }
  const { written, unchanged, removed, kept } = await materialise({
    out: resolve(values.out),
    now,
    reset: values.reset,
  });
  console.log(
    `Example in ${values.out}: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed`,
  );
  for (const file of kept) {
    console.log(`Left as you edited it: ${file} (--reset brings it back)`);
  }
}

if (
  process.argv[1] &&
  resolve(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  main().catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
