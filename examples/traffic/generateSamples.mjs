// What the example's services would have counted. Pure: the same profile, time
// and anchor give the same numbers on every machine, so a sample that is pushed
// again says what it said before.

export const FIVE_MINUTES = 300;
export const HOUR = 3600;
export const DAY = 86_400;

// Share of the usual traffic by hour of the day (UTC). Days of the week below,
// from Sunday.
const SHAPES = {
  flat: { hours: Array(24).fill(1), days: [1, 1, 1, 1, 1, 1, 1] },
  // People plan trips over breakfast and after dinner, for the weekend.
  travellers: {
    hours: [
      0.25, 0.15, 0.1, 0.1, 0.15, 0.35, 0.8, 1.2, 1.4, 1.3, 1.2, 1.2, 1.3, 1.2,
      1.1, 1.1, 1.2, 1.4, 1.7, 1.9, 1.8, 1.4, 0.9, 0.5,
    ],
    days: [1.2, 0.95, 0.85, 0.9, 1.0, 1.3, 1.1],
  },
  // Cars arrive before ships leave: early, at noon, in the evening.
  departures: {
    hours: [
      0.1, 0.05, 0.05, 0.1, 0.5, 1.8, 2.4, 1.7, 0.8, 0.7, 1.0, 1.7, 1.9, 1.1,
      0.8, 1.0, 1.9, 2.3, 1.6, 0.9, 0.6, 0.4, 0.3, 0.2,
    ],
    days: [1.15, 0.9, 0.85, 0.9, 1.0, 1.25, 1.2],
  },
  office: {
    hours: [
      0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.6, 1.6, 2.4, 2.5, 2.4, 1.9, 1.8, 2.3, 2.3,
      2.0, 1.4, 0.6, 0.3, 0.2, 0.2, 0.15, 0.1, 0.1,
    ],
    days: [0.15, 1.2, 1.3, 1.3, 1.3, 1.1, 0.2],
  },
};

/** Names of the traffic shapes a profile may use. */
export const shapeNames = Object.keys(SHAPES);

/**
 * Seconds in a length of time such as `47m`, `28d` or `1h20m`. Throws for
 * anything else.
 */
export function parseLength(text) {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(text);
  if (!match || text === '') {
    throw new Error(
      `"${text}" is not a length of time; expected days, hours and minutes such as 1d12h30m`,
    );
  }
  const [, days = 0, hours = 0, minutes = 0] = match;
  return Number(days) * DAY + Number(hours) * HOUR + Number(minutes) * 60;
}

/**
 * The moment, in seconds since the epoch, that is told from the anchor: so long
 * before or after it (`-7h`), or at a time of a day before it (`-9d 18:20`, in
 * UTC), which keeps an evening an evening whenever the example is started.
 */
export function parseMoment(text, anchor) {
  const [, days, hour, minute] = /^-(\d+)d (\d\d):(\d\d)$/.exec(text) ?? [];
  if (days !== undefined) {
    const midnight = Math.floor(anchor / DAY) * DAY;
    return midnight - days * DAY + hour * HOUR + minute * 60;
  }
  const match = /^([+-])(.+)$/.exec(text);
  if (!match) {
    throw new Error(
      `"${text}" is not a moment; expected one told from the anchor such as -7h, +1d or "-9d 18:20"`,
    );
  }
  return anchor + (match[1] === '-' ? -1 : 1) * parseLength(match[2]);
}

/**
 * Samples of one SLO in [from, to), both in seconds since the epoch: hourly
 * ones before `fineFrom`, 5-minute ones after it. An hour is the sum of its
 * twelve 5-minute samples.
 *
 * @param options.key - names the SLO; seeds its noise
 * @param options.objective - target of the SLO, 0 < objective < 1
 * @param options.profile - see profiles.yaml
 * @param options.anchor - moment the profile's events are told relative to
 */
export function generateSamples({
  key,
  objective,
  profile,
  anchor,
  from,
  to,
  fineFrom,
}) {
  const samples = [];
  let start = Math.ceil(from / FIVE_MINUTES) * FIVE_MINUTES;
  while (start + FIVE_MINUTES <= to) {
    const hourly = start % HOUR === 0 && start + HOUR <= Math.min(fineFrom, to);
    const seconds = hourly ? HOUR : FIVE_MINUTES;
    const sample = { start, seconds, good: 0, total: 0 };
    let covered = 0;
    for (let at = start; at < start + seconds; at += FIVE_MINUTES) {
      if (hasData({ profile, anchor, at })) {
        const counts = countBucket({ key, objective, profile, anchor, at });
        sample.good += counts.good;
        sample.total += counts.total;
        covered += FIVE_MINUTES;
      }
    }
    if (covered === seconds) {
      samples.push(sample);
    }
    start += seconds;
  }
  return samples;
}

function hasData({ profile, anchor, at }) {
  const { starts, stops } = profile;
  return (
    (starts === undefined || at >= parseMoment(starts, anchor)) &&
    (stops === undefined || at + FIVE_MINUTES <= parseMoment(stops, anchor))
  );
}

function countBucket({ key, objective, profile, anchor, at }) {
  const random = randomNumbers(`${key}@${at}`);
  const { perMinute = 60, shape = 'flat' } = profile;
  const noise = 1 + 0.08 * (random() + random() + random() - 1.5);
  const total = Math.round(5 * perMinute * trafficShare(shape, at) * noise);
  const bad = Math.min(
    total,
    poisson(total * errorRate({ key, objective, profile, anchor, at }), random),
  );
  return { good: total - bad, total };
}

/** Share of the usual traffic at a moment, between the full hours in a line. */
function trafficShare(shape, at) {
  const { hours, days } = SHAPES[shape];
  const hour = Math.floor(at / HOUR);
  const level = h =>
    hours[((h % 24) + 24) % 24] * days[new Date(h * HOUR * 1000).getUTCDay()];
  const part = (at % HOUR) / HOUR;
  return level(hour) * (1 - part) + level(hour + 1) * part;
}

/**
 * Share of events that fail. `burn` is the usual pace in budgets a window: 0.3
 * leaves 70 % of the budget in a quiet month. Good and bad days average out.
 */
function errorRate({ key, objective, profile, anchor, at }) {
  const budget = 1 - objective;
  const day = randomNumbers(`${key}#${Math.floor(at / DAY)}`)();
  const usual = (profile.burn ?? 0.3) * budget * (0.6 + 0.8 * day);
  const rates = (profile.events ?? []).map(event => {
    const share = overlap({ event, anchor, at });
    const burn = event.burn ?? burnOfIncident({ event, profile, anchor });
    return share * burn * budget;
  });
  return Math.min(1, Math.max(usual, ...rates));
}

/** The pace at which an event uses a share of a 28-day budget while it lasts. */
function burnOfIncident({ event, profile, anchor }) {
  const { hours, days } = SHAPES[profile.shape ?? 'flat'];
  const usual = mean(hours) * mean(days);
  const length = parseLength(event.lasts);
  const middle = parseMoment(event.from, anchor) + length / 2;
  const then = trafficShare(profile.shape ?? 'flat', middle);
  return (event.uses * 28 * DAY * usual) / (length * then);
}

const mean = numbers =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Share of the bucket that an event covers, 0..1. */
function overlap({ event, anchor, at }) {
  const begin = parseMoment(event.from, anchor);
  const length = event.lasts ? parseLength(event.lasts) : Infinity;
  // An event that comes back does so after the anchor only: what was already
  // told of the past stays.
  const every = event.every ? parseLength(event.every) : undefined;
  const round = every
    ? Math.max(0, Math.floor((at + FIVE_MINUTES - begin) / every))
    : 0;
  const since = begin + (every ? round * every : 0);
  const covered =
    Math.min(at + FIVE_MINUTES, since + length) - Math.max(at, since);
  return Math.max(0, Math.min(1, covered / FIVE_MINUTES));
}

/** A whole number whose mean is `mean`; close to normal where it is large. */
function poisson(mean, random) {
  if (mean > 40) {
    const normal =
      Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) {
    count += 1;
  }
  return count;
}

/** Numbers in [0, 1) that depend on the text only (FNV-1a, then mulberry32). */
function randomNumbers(text) {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
