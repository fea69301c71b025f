import { z } from 'zod';
import { pageSchema } from '../api';
import type { ApiRoutes } from '../api';
import {
  entityMeasuresSchema,
  eventsBodySchema,
  eventsResultSchema,
  focusResultSchema,
  measuredEntitySchema,
  measuredQuerySchema,
  measurementsBodySchema,
  measurementsResultSchema,
  measureRollupSchema,
} from './schema';

const days = z.coerce.number().int().min(1).max(400).optional();

/**
 * The calls of deployments, incidents and measurements.
 *
 * @public
 */
export const measureRoutes = {
  pushEvents: {
    method: 'post',
    path: '/events',
    summary:
      'Take CloudEvents with CDEvents of deployments and incidents; replay is safe',
    body: eventsBodySchema,
    response: eventsResultSchema,
  },
  pushMeasurements: {
    method: 'put',
    path: '/measurements',
    summary:
      'Store measurements; each replaces the one of the same component, measure, period and source',
    body: measurementsBodySchema,
    response: measurementsResultSchema,
  },
  importFocus: {
    method: 'post',
    path: '/measurements/focus',
    summary:
      'Import a cost file in the FOCUS format, sent as text/csv; it replaces what the source said of the months in it',
    query: z.object({
      /** Who sent the file, where there are several; `focus` unless told. */
      source: z.string().min(1).max(200).optional(),
      /** Which cost counts; the effective one unless told. */
      cost: z.enum(['effective', 'billed']).optional(),
    }),
    response: focusResultSchema,
  },
  getEntityMeasures: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/measures',
    summary: 'The measures of a component, with what they are made of',
    query: z.object({ days }),
    response: entityMeasuresSchema,
  },
  listMeasured: {
    method: 'get',
    path: '/measures/entities',
    summary: 'The components behind a measure, largest first',
    query: measuredQuerySchema,
    response: pageSchema(measuredEntitySchema),
  },
  getMeasureRollup: {
    method: 'get',
    path: '/measures/rollup',
    summary: 'The measures of every team, an entity once',
    query: z.object({ team: z.string().max(300).optional(), days }),
    response: measureRollupSchema,
  },
} as const satisfies ApiRoutes;
