import type { Config } from '@backstage/config';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { InputError } from '@backstage/errors';
import {
  MINIMUM_COVERAGE,
  STALE_AFTER_SECONDS,
} from '@service-ownership/backstage-plugin-ownership-common';
import { FAILING_STALE_SECONDS } from './describeSourceError';

/** What data must be like for a verdict. */
export interface SloLimits {
  /** How old it may be before an SLO is `no-data`, in seconds. */
  staleAfterSeconds: number;
  /** The same while its source fails. */
  failingStaleAfterSeconds: number;
  /** Share of the window that must have data; below it an SLO is `partial`. */
  minimumCoverage: number;
}

export const defaultSloLimits: SloLimits = {
  staleAfterSeconds: STALE_AFTER_SECONDS,
  failingStaleAfterSeconds: FAILING_STALE_SECONDS,
  minimumCoverage: MINIMUM_COVERAGE,
};

/**
 * Reads `ownership.slo`.
 *
 * @throws InputError for a value that is out of range
 */
export function readSloLimits(config: Config): SloLimits {
  const slo = config.getOptionalConfig('ownership.slo');
  const minimumCoverage =
    slo?.getOptionalNumber('minimumCoverage') ??
    defaultSloLimits.minimumCoverage;
  if (!(minimumCoverage >= 0 && minimumCoverage <= 1)) {
    throw new InputError(
      `ownership.slo.minimumCoverage must be a share from 0 to 1, got ${minimumCoverage}`,
    );
  }
  const seconds = (key: string, fallback: number) => {
    if (!slo?.has(key)) {
      return fallback;
    }
    const length =
      durationToMilliseconds(readDurationFromConfig(slo, { key })) / 1000;
    // Data comes in buckets of 5 minutes; a day late it says nothing any more.
    if (!(length >= 600 && length <= 7 * 86_400)) {
      throw new InputError(
        `ownership.slo.${key} must be from 10 minutes to 7 days`,
      );
    }
    return length;
  };
  return {
    staleAfterSeconds: seconds(
      'staleAfter',
      defaultSloLimits.staleAfterSeconds,
    ),
    failingStaleAfterSeconds: seconds(
      'staleAfterFailing',
      defaultSloLimits.failingStaleAfterSeconds,
    ),
    minimumCoverage,
  };
}
