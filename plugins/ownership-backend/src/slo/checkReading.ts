import { sampleLimits } from '@service-ownership/backstage-plugin-ownership-common';
import type { SliBucket } from '@service-ownership/backstage-plugin-ownership-common';
import type { SliReading } from '@service-ownership/backstage-plugin-ownership-node';

/**
 * Holds what a source says against what may be stored. One bucket that may not
 * makes the whole answer an error: the source is wrong about its own counts.
 */
export function checkReading(reading: SliReading): SliReading {
  if ('error' in reading) {
    return reading;
  }
  const { request } = reading;
  const wrong = reading.buckets.find(bucket => !isStorable(bucket, request));
  return wrong
    ? {
        request,
        error: `The source gave a bucket that cannot be: start ${wrong.start}, ${wrong.seconds} seconds, ${wrong.good} good of ${wrong.total}`,
      }
    : reading;
}

function isStorable(
  { start, seconds, good, total }: SliBucket,
  request: SliReading['request'],
): boolean {
  return (
    (seconds === 300 || seconds === request.seconds) &&
    start % seconds === 0 &&
    start >= request.from &&
    start + seconds <= request.to &&
    good >= 0 &&
    good <= total &&
    total <= sampleLimits.maxCount
  );
}
