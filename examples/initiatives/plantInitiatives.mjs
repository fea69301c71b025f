// Starts the example's initiatives in a running portal, through the API
// everybody uses. What is there already, by its title, is left alone.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import YAML from 'yaml';

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'initiatives.yaml');
const DAY = 86_400;

/**
 * The initiatives as the API takes them.
 *
 * @param options.now - the moment their days are counted from, in seconds since
 *   the epoch
 */
export async function readInitiatives({ now, file = FILE }) {
  const at = days => new Date((now + days * DAY) * 1000).toISOString();
  return YAML.parse(await readFile(file, 'utf8')).map(
    ({ startedDaysAgo, dueInDays, ...initiative }) => ({
      ...initiative,
      startsAt: at(-startedDaysAgo),
      dueAt: at(dueInDays),
      state: 'active',
    }),
  );
}

/**
 * Starts those that are not there yet.
 *
 * @param options.api - `(path, body?) => answer`; throws what the portal says
 * @returns the titles of those it started
 */
export async function plantInitiatives({ api, now }) {
  const { items } = await api('/initiatives');
  const there = new Set(items.map(({ title }) => title));
  const started = [];
  for (const initiative of await readInitiatives({ now })) {
    if (!there.has(initiative.title)) {
      await api('/initiatives', initiative);
      started.push(initiative.title);
    }
  }
  return started;
}
