/** The value below which the given share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** The middle one. */
export const median = values => quantile(values, 0.5);

/** Milliseconds that something takes. */
export async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

export function sleep(milliseconds) {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}

/** Asks again and again, one after the other, until told to stop; gives the milliseconds of each. */
export function probe(ask, { pause = 5 } = {}) {
  let stopped = false;
  const samples = [];
  const done = (async () => {
    while (!stopped) {
      samples.push(await timed(ask));
      await sleep(pause);
    }
    return samples;
  })();
  return {
    stop() {
      stopped = true;
      return done;
    },
  };
}
