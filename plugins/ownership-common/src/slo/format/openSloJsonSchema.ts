import { z } from 'zod';
import type { JsonSchema } from '../../contract';
import { openSloSchema } from './openSloSchema';

const HOME =
  'https://raw.githubusercontent.com/service-ownership/backstage-plugins/main/plugins/ownership-common/schema';

/**
 * OpenSLO v1 as JSON Schema draft 7, for editors: SLO, SLI, Service, DataSource,
 * AlertPolicy, AlertCondition and AlertNotificationTarget, with RatioTimeslices,
 * targetPercent and composites.
 *
 * It is stricter than the portal, which also reads what is found in the wild
 * and says so in a warning: a query beside `metricSource`, `op` on a ratio,
 * several objects of one name.
 *
 * @public
 */
export function openSloJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(openSloSchema, {
    target: 'draft-7',
    io: 'input',
    reused: 'ref',
  }) as JsonSchema;
  return {
    $schema,
    $id: `${HOME}/openslo-v1.schema.json`,
    title: 'OpenSLO v1',
    description: 'An object of OpenSLO v1.',
    ...schema,
  };
}
