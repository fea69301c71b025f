// Brings the example to life: reads its objectives from a running portal and
// pushes what their services would have counted, their deployments, incidents
// and costs, through the API everybody uses.
//
//   node examples/traffic/push.mjs --url http://localhost:7007 --token <token> \
//     [--days 30] [--now <ISO 8601 moment>] [--follow] [--state <file>]
//
// The first run tells the last 30 days. Later runs carry on where the data
// ends; pushing something twice is harmless. `--follow` stays and adds each
// five minutes as they pass. `--state` remembers when the story began, so that
// an incident stays on its day when the portal is started again.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import YAML from 'yaml';
import { plantHandovers } from '../handovers/plantHandovers.mjs';
import { plantInitiatives } from '../initiatives/plantInitiatives.mjs';
import {
  DAY,
  FIVE_MINUTES,
  generateSamples,
  HOUR,
} from './generateSamples.mjs';
import { pushDeliveries, readStory } from './pushDeliveries.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
// The API takes 10,000 samples a call; half of it keeps a call under a megabyte.
const SAMPLES_A_CALL = 5_000;
const FINE_DAYS = 6;

/** The profiles by `<component ref>/<SLO>`. */
export async function readProfiles(file = join(HERE, 'profiles.yaml')) {
  return YAML.parse(await readFile(file, 'utf8'));
}

/**
 * Samples that the portal lacks, for the SLOs as it lists them.
 *
 * @param options.slos - items of `GET /api/ownership/slos`
 * @param options.now - moment up to which to tell, in seconds since the epoch;
 *   only whole buckets count
 * @param options.anchor - moment the events of the profiles are told from
 */
export function missingSamples({ slos, profiles, now, anchor, days }) {
  const samples = [];
  for (const { entityRef, slo, objective, lastDataAt } of slos) {
    const key = `${entityRef}/${slo}`;
    const profile = profiles[key];
    if (!profile || profile.push === 'never') {
      continue;
    }
    const first = Math.ceil((now - days * DAY) / HOUR) * HOUR;
    const last = lastDataAt ? Math.floor(Date.parse(lastDataAt) / 1000) : 0;
    const generated = generateSamples({
      key,
      objective,
      profile,
      anchor,
      from: Math.max(first, last),
      to: now,
      fineFrom: Math.floor((now - FINE_DAYS * DAY) / HOUR) * HOUR,
    });
    for (const { start, seconds, good, total } of generated) {
      samples.push({
        entityRef,
        slo,
        start: new Date(start * 1000).toISOString(),
        durationSeconds: seconds,
        good,
        total,
      });
    }
  }
  return samples;
}

/**
 * Cuts samples into the bodies of calls. The idempotency key is made of the
 * samples, so the same samples always carry the same key.
 */
export function toCalls(samples, size = SAMPLES_A_CALL) {
  const calls = [];
  for (let at = 0; at < samples.length; at += size) {
    const part = samples.slice(at, at + size);
    const hash = createHash('sha256')
      .update(JSON.stringify(part))
      .digest('hex');
    calls.push({ samples: part, idempotencyKey: `example-${hash}` });
  }
  return calls;
}

/** All SLOs of the portal, page by page. */
async function listSlos(api) {
  const slos = [];
  let cursor;
  do {
    const query = new URLSearchParams({
      limit: '500',
      ...(cursor && { cursor }),
    });
    const page = await api(`/slos?${query}`);
    slos.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return slos;
}

/** Calls the API; tries again where that may help, and says what is wrong where not. */
function createApi({ url, token }) {
  return async function api(path, body, { method, type } = {}) {
    for (let attempt = 1; ; attempt += 1) {
      let problem;
      try {
        const response = await fetch(
          `${url.replace(/\/+$/, '')}/api/ownership${path}`,
          {
            method: method ?? (body ? 'POST' : 'GET'),
            headers: {
              Authorization: `Bearer ${token}`,
              'Content-Type': type ?? 'application/json',
            },
            body: type ? body : body && JSON.stringify(body),
            signal: AbortSignal.timeout(60_000),
          },
        );
        if (response.ok) {
          return await response.json();
        }
        problem = `${response.status} ${(await response.text()).slice(0, 500)}`;
        if (response.status === 401 || response.status === 403) {
          throw new Refused(
            `The portal refused the token (${response.status}). Expected the static token of backend.auth.externalAccess.`,
          );
        }
        if (response.status < 500 && response.status !== 429) {
          throw new Refused(`${path}: ${problem}`);
        }
      } catch (error) {
        if (error instanceof Refused) {
          throw error;
        }
        problem ??= error.cause?.message ?? error.message;
      }
      if (attempt === 5) {
        throw new Error(
          `${path} failed five times, the last time with: ${problem}`,
        );
      }
      await sleep(500 * 2 ** attempt);
    }
  };
}

class Refused extends Error {}

/** Tells the portal what it lacks; gives back how many SLOs it knows and lacks still. */
async function pushRound({ api, profiles, days, now, state }) {
  const slos = await listSlos(api);
  const known = slos.filter(
    ({ entityRef, slo }) => `${entityRef}/${slo}` in profiles,
  );
  if (known.length > 0) {
    await state.begin({
      fresh: known.every(({ lastDataAt }) => !lastDataAt),
      now,
    });
    const samples = missingSamples({
      slos: known,
      profiles,
      now,
      days,
      anchor: state.anchor,
    });
    let accepted = 0;
    for (const call of toCalls(samples)) {
      const result = await api('/slis/samples', call);
      accepted += result.replayed ? 0 : result.accepted;
      for (const { index, message } of result.rejected.slice(0, 3)) {
        const { entityRef, slo, start } = call.samples[index];
        console.warn(`Not taken: ${entityRef}/${slo} at ${start}: ${message}`);
      }
    }
    if (samples.length > 0) {
      console.log(
        `${new Date().toISOString()} ${accepted} samples for ${
          known.length
        } SLOs`,
      );
    }
  }
  return { waitingFor: Object.keys(profiles).length - known.length };
}

/** Starts the initiatives and handovers once the portal knows who drives them. */
async function plant({ api, now }) {
  try {
    for (const title of await plantInitiatives({ api, now })) {
      console.log(`${new Date().toISOString()} started "${title}"`);
    }
    for (const entityRef of await plantHandovers({ api, now })) {
      console.log(`${new Date().toISOString()} hands ${entityRef} over`);
    }
    return true;
  } catch (error) {
    console.warn(
      `Initiatives and handovers were not all started yet: ${error.message}`,
    );
    return false;
  }
}

/**
 * Tells deployments, incidents and costs; true once the portal has all of them.
 * What a bill says is judged by a scan: the first time one is asked for.
 */
async function tellDeliveries({ api, now, state, judge }) {
  if (state.anchor === undefined) {
    return false;
  }
  try {
    const { stored, complete } = await pushDeliveries({
      api,
      story: await readStory(),
      anchor: state.anchor,
      now,
    });
    if (stored > 0) {
      console.log(
        `${new Date().toISOString()} ${stored} deployments and incidents`,
      );
    }
    if (complete && judge) {
      await api('/drift/scans', {});
    }
    return complete;
  } catch (error) {
    console.warn(`Deployments and costs were not told yet: ${error.message}`);
    return false;
  }
}

/** Remembers the anchor in a file. A portal without any data begins a new story. */
function createState(file) {
  return {
    anchor: undefined,
    async begin({ fresh, now }) {
      if (this.anchor !== undefined) {
        return;
      }
      this.anchor = fresh ? undefined : await readAnchor(file);
      if (this.anchor === undefined) {
        this.anchor = Math.floor(now / FIVE_MINUTES) * FIVE_MINUTES;
        await mkdir(dirname(file), { recursive: true });
        const anchor = new Date(this.anchor * 1000).toISOString();
        await writeFile(file, `${JSON.stringify({ anchor })}\n`);
      }
    },
  };
}

async function readAnchor(file) {
  try {
    const { anchor } = JSON.parse(await readFile(file, 'utf8'));
    return Number.isNaN(Date.parse(anchor))
      ? undefined
      : Date.parse(anchor) / 1000;
  } catch {
    return undefined;
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:7007' },
      token: { type: 'string', default: process.env.OWNERSHIP_EXAMPLE_TOKEN },
      days: { type: 'string', default: '30' },
      now: { type: 'string' },
      follow: { type: 'boolean', default: false },
      state: {
        type: 'string',
        default: join(HERE, '../../.data/traffic.json'),
      },
    },
  });
  const days = Number(values.days);
  const fixed = values.now ? Date.parse(values.now) / 1000 : undefined;
  if (!values.token || !(days > 0 && days <= 399) || Number.isNaN(fixed)) {
    throw new Error(
      'usage: node examples/traffic/push.mjs --token <token> [--url <portal>] [--days 1..399] [--now <ISO 8601 moment>] [--follow] [--state <file>]',
    );
  }
  const round = {
    api: createApi(values),
    profiles: await readProfiles(),
    days,
    state: createState(resolve(values.state)),
  };
  const clock = () => fixed ?? Date.now() / 1000;

  if (!values.follow) {
    await pushRound({ ...round, now: clock() });
    await tellDeliveries({ ...round, now: clock() });
    await plant({ ...round, now: clock() });
    return;
  }
  // A portal that has just started learns its SLOs over the first minutes.
  const startedAt = Date.now();
  let toldOn;
  let planted = false;
  for (;;) {
    let waitingFor = 1;
    try {
      ({ waitingFor } = await pushRound({ ...round, now: clock() }));
    } catch (error) {
      if (error instanceof Refused) {
        throw error;
      }
      console.warn(`${error.message}; trying again`);
    }
    // Once it knows one SLO, the first scan is through.
    planted ||=
      waitingFor < Object.keys(round.profiles).length &&
      (await plant({ ...round, now: clock() }));
    const today = new Date(clock() * 1000).toISOString().slice(0, 10);
    if (
      toldOn !== today &&
      (await tellDeliveries({ ...round, now: clock(), judge: !toldOn }))
    ) {
      toldOn = today;
    }
    const starting =
      (waitingFor > 0 || !planted || !toldOn) &&
      Date.now() - startedAt < 5 * 60_000;
    const toNextBucket = FIVE_MINUTES - (clock() % FIVE_MINUTES) + 5;
    await sleep((starting ? Math.min(5, toNextBucket) : toNextBucket) * 1000);
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
