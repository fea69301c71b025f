import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';
import { normalizeRef } from '@service-ownership/backstage-plugin-ownership-common';
import { Duration } from 'luxon';
import { requireCadence, type DigestCadence } from './digest/DigestCadence';
import {
  readWaiverApproval,
  type WaiverApproval,
} from './findings/WaiverPolicy';

/**
 * The configuration of the drift scan with its defaults; durations in
 * milliseconds. See config.d.ts for what each means.
 */
export interface DriftConfig {
  /** In lower case. */
  kinds: ReadonlySet<string>;
  /** Canonical ref. */
  platformTeam?: string;
  notify: boolean;
  /** How often teams are told that do not say so themselves. */
  digest: DigestCadence;
  schedule: SchedulerServiceTaskScheduleDefinition;
  graceMs: number;
  massLoss: { share: number; minimum: number; acceptAfterMs: number };
  deadAfterMs: number;
  /** Replicas that judge a scan at a time. */
  shards: number;
  retentionMs: number;
  maxWaiverMs: number;
  /** Who approves waivers of which severities. */
  waiverApproval: WaiverApproval[];
  /** `ownership.drift.rules` as written. */
  rules?: unknown;
  /** `ownership.drift.customRules` as written. */
  customRules?: unknown;
  /** `ownership.tiers` as written. */
  tiers?: unknown;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Reads the configuration of the drift scan.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readDriftConfig(root: Config): DriftConfig {
  const config = root.getOptionalConfig('ownership');
  const drift = config?.getOptionalConfig('drift');

  const kinds = config?.getOptionalStringArray('kinds') ?? [
    'component',
    'system',
    'api',
    'resource',
  ];
  const share = drift?.getOptionalNumber('massLoss.share') ?? 0.1;
  if (share < 0 || share > 1) {
    throw new InputError('ownership.drift.massLoss.share must be 0 to 1');
  }
  const minimum = drift?.getOptionalNumber('massLoss.minimum') ?? 5;
  if (!Number.isInteger(minimum) || minimum < 1) {
    throw new InputError(
      'ownership.drift.massLoss.minimum must be a whole number of 1 or more',
    );
  }
  const shards = drift?.getOptionalNumber('shards') ?? 1;
  if (!Number.isInteger(shards) || shards < 1 || shards > 32) {
    throw new InputError(
      'ownership.drift.shards must be a whole number from 1 to 32',
    );
  }
  const milliseconds = (key: string, byDefault: number, atLeast = 0) => {
    const value = drift?.has(key)
      ? Duration.fromObject(readDurationFromConfig(drift, { key })).toMillis()
      : byDefault;
    if (!(value >= atLeast)) {
      throw new InputError(
        `ownership.drift.${key} must be a duration of ${
          atLeast / 1000
        } seconds or more`,
      );
    }
    return value;
  };

  return {
    kinds: new Set(kinds.map(kind => kind.toLocaleLowerCase('en-US'))),
    platformTeam: readPlatformTeam(config),
    notify: config?.getOptionalBoolean('notifications.enabled') ?? true,
    digest: requireCadence(config?.getOptionalString('notifications.digest')),
    schedule: drift?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          drift.getConfig('schedule'),
        )
      : {
          frequency: { minutes: 30 } satisfies HumanDuration,
          timeout: { hours: 2 } satisfies HumanDuration,
          initialDelay: { seconds: 30 } satisfies HumanDuration,
        },
    graceMs: milliseconds('gracePeriod', HOUR),
    massLoss: {
      share,
      minimum,
      acceptAfterMs: milliseconds('massLoss.acceptAfter', 7 * DAY),
    },
    deadAfterMs: milliseconds('deadAfter', 2 * 60_000, 10_000),
    shards,
    retentionMs: milliseconds('retention', 400 * DAY, DAY),
    maxWaiverMs: milliseconds('waivers.maxDuration', 180 * DAY),
    waiverApproval: readWaiverApproval(drift),
    rules: drift?.getOptional('rules'),
    customRules: drift?.getOptional('customRules'),
    tiers: config?.getOptional('tiers'),
  };
}

function readPlatformTeam(config: Config | undefined): string | undefined {
  const written = config?.getOptionalString('platformTeam');
  if (written === undefined) {
    return undefined;
  }
  const ref = normalizeRef(written, { kind: 'group' });
  if (!ref) {
    throw new InputError(
      'ownership.platformTeam must be an entity ref such as group:default/platform',
    );
  }
  return ref;
}
