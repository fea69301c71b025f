// Begins the example's handovers in a running portal, through the API everybody
// uses. A component that was ever in one is left alone.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import YAML from 'yaml';

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'handovers.yaml');
const DAY = 86_400;

/**
 * Begins those that are not there yet.
 *
 * @param options.api - `(path, body?, { method }?) => answer`; throws what the
 *   portal says
 * @param options.now - the moment their days are counted from, in seconds since
 *   the epoch
 * @returns the components that are being handed over now
 */
export async function plantHandovers({ api, now, file = FILE }) {
  const begun = [];
  for (const handover of YAML.parse(await readFile(file, 'utf8'))) {
    const { entityRefs, to, reason, dueInDays, accepted, done } = handover;
    const [first] = entityRefs;
    const { totalItems } = await api(
      `/handovers?entityRef=${encodeURIComponent(first)}`,
    );
    if (totalItems > 0) {
      continue;
    }
    const { id } = await api('/handovers', {
      entityRefs,
      to,
      reason: reason.trim(),
      dueAt: new Date((now + dueInDays * DAY) * 1000).toISOString(),
    });
    await api(`/handovers/${id}/accept`, { comment: accepted });
    for (const item of done) {
      await api(
        `/handovers/${id}/checklist/${item}`,
        { done: true },
        { method: 'PATCH' },
      );
    }
    begun.push(...entityRefs);
  }
  return begun;
}
