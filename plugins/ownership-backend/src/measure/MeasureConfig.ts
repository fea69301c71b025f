import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  matchStar,
  type ServiceMapping,
} from '@service-ownership/backstage-plugin-ownership-common';
import { Duration } from 'luxon';

/**
 * The configuration of events and measurements with its defaults. See
 * config.d.ts for what each means.
 */
export interface MeasureConfig {
  services: ServiceMapping[];
  failureWindowSeconds: number;
  costCenterTags: string[];
  /** Whether what happens in an environment counts; without one it does. */
  isProduction(environment: string | undefined): boolean;
}

/**
 * Reads the configuration of events and measurements.
 *
 * @throws InputError that names the setting, and what it accepts
 */
export function readMeasureConfig(root: Config): MeasureConfig {
  const config = root.getOptionalConfig('ownership.measures');
  const key = 'failureWindow';
  const window = config?.has(key)
    ? Duration.fromObject(readDurationFromConfig(config, { key })).toMillis()
    : 24 * 3_600_000;
  if (!(window >= 60_000 && window <= 30 * 86_400_000)) {
    throw new InputError(
      'ownership.measures.failureWindow must be a duration from a minute to 30 days',
    );
  }
  const environments = (
    config?.getOptionalStringArray('productionEnvironments') ?? [
      'prod*',
      'live*',
    ]
  ).map(pattern => oneStar(pattern.toLowerCase(), 'productionEnvironments'));

  return {
    services: (config?.getOptionalConfigArray('services') ?? []).map(
      mapping => ({
        source: oneStar(mapping.getOptionalString('source') ?? '*', 'source'),
        subject: oneStar(mapping.getString('subject'), 'subject'),
        entityRef: mapping.getString('entityRef'),
      }),
    ),
    failureWindowSeconds: window / 1000,
    costCenterTags: config?.getOptionalStringArray('costCenterTags') ?? [
      'cost-center',
      'cost_center',
      'costCenter',
      'CostCenter',
    ],
    isProduction: environment =>
      environment === undefined ||
      environments.some(
        pattern => matchStar(pattern, environment.toLowerCase()) !== undefined,
      ),
  };
}

function oneStar(pattern: string, key: string): string {
  if (pattern.split('*').length > 2) {
    throw new InputError(
      `ownership.measures: ${key} "${pattern}" may have one * only`,
    );
  }
  return pattern;
}
