import { bucketSpans } from '@service-ownership/backstage-plugin-ownership-common';
import type { BucketRange } from '@service-ownership/backstage-plugin-ownership-common';

const HOUR = 3600;

/**
 * Cuts a range into stretches of the buckets that its slices are judged by:
 * 5-minute ones, or hours as far as there are whole ones and slices are made of
 * them.
 */
export function sliceSpans(
  range: BucketRange,
  sliceSeconds: number,
): Array<BucketRange & { seconds: 300 | 3600 }> {
  return sliceSeconds % HOUR === 0
    ? bucketSpans(range)
    : [{ ...range, seconds: 300 }];
}
