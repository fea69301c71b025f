// Tells a running portal the deployments, incidents, measurements and the bill
// of the example, through the API everybody uses. Telling it twice is harmless.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import YAML from 'yaml';
import {
  tellBill,
  tellEvents,
  tellMeasurements,
} from './generateDeliveries.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));

/** What CI/CD, the pager and the bill tell. */
export async function readStory(file = join(HERE, 'deliveries.yaml')) {
  return YAML.parse(await readFile(file, 'utf8'));
}

/**
 * Tells everything up to a moment.
 *
 * @param options.api - calls the portal: `api(path, body, { method, type })`
 * @param options.anchor - moment the story is told from, in seconds
 * @param options.now - moment up to which to tell, in seconds
 * @returns how many events were new, and whether the portal knows all the
 *   components they are about, and their cost tags
 */
export async function pushDeliveries({ api, story, anchor, now }) {
  const { results } = await api('/events', tellEvents({ story, anchor, now }));
  const { rejected } = await api(
    '/measurements',
    { measurements: tellMeasurements({ story, now }) },
    { method: 'PUT' },
  );
  const bill = await api('/measurements/focus', tellBill({ story, now }), {
    type: 'text/csv',
  });
  return {
    stored: results.filter(({ status }) => status === 'stored').length,
    complete:
      results.every(({ status }) => /^(stored|duplicate)$/.test(status)) &&
      rejected.length === 0 &&
      bill.entities === Object.keys(story.costs).length,
  };
}
