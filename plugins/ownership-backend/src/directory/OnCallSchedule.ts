import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';

/**
 * When the on-call providers are asked: every 2 minutes unless configured
 * otherwise at `ownership.onCall.schedule`.
 */
export function readOnCallSchedule(
  config: Config,
): SchedulerServiceTaskScheduleDefinition {
  const schedule = config.getOptionalConfig('ownership.onCall.schedule');
  return schedule
    ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
    : {
        frequency: { minutes: 2 },
        timeout: { minutes: 2 },
        initialDelay: { seconds: 15 },
      };
}
