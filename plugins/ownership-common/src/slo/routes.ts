import { z } from 'zod';
import { pageSchema, timestampSchema } from '../api';
import type { ApiRoutes } from '../api';
import {
  exclusionEndSchema,
  exclusionRequestSchema,
  exclusionSchema,
} from './exclusion/schema';
import {
  sliPushResultSchema,
  sliPushSchema,
  sloDetailSchema,
  sloDiscoverySchema,
  sloHistorySchema,
  sloQuerySchema,
  sloRollupQuerySchema,
  sloRollupSchema,
  sloStatusSchema,
  sloSummarySchema,
} from './schema';

/**
 * The calls of the SLOs.
 *
 * @public
 */
export const sloRoutes = {
  listSlos: {
    method: 'get',
    path: '/slos',
    summary: 'SLO statuses, worst first, a page at a time',
    query: sloQuerySchema,
    response: pageSchema(sloStatusSchema).extend({ summary: sloSummarySchema }),
  },
  getSloRollup: {
    method: 'get',
    path: '/slos/rollup',
    summary: 'SLOs by state for every team (nested), system or domain',
    query: sloRollupQuerySchema,
    response: sloRollupSchema,
  },
  getSlo: {
    method: 'get',
    path: '/slos/:kind/:namespace/:name/:slo',
    summary: 'One SLO with its definition and what its policy asks for',
    response: sloDetailSchema,
  },
  getSloDiscovery: {
    method: 'get',
    path: '/slos/discovery',
    summary: 'Recorded SLOs that belong to no component, by server',
    response: sloDiscoverySchema,
  },
  getSloHistory: {
    method: 'get',
    path: '/slos/:kind/:namespace/:name/:slo/history',
    summary: 'Good and total events over time, with markers',
    query: z.object({
      from: timestampSchema.optional(),
      to: timestampSchema.optional(),
      /** Step in seconds: a multiple of 300. */
      step: z.coerce.number().int().min(300).max(2_678_400).optional(),
    }),
    response: sloHistorySchema,
  },
  listSloExclusions: {
    method: 'get',
    path: '/slos/:kind/:namespace/:name/:slo/exclusions',
    summary: 'Time that does not count for an SLO, the latest first',
    response: z.object({
      items: z.array(exclusionSchema),
      /** Whether the caller may add and end some. */
      mayChange: z.boolean(),
    }),
  },
  addSloExclusion: {
    method: 'post',
    path: '/slos/:kind/:namespace/:name/:slo/exclusions',
    summary: 'Exclude time from an SLO, once or again and again',
    body: exclusionRequestSchema,
    response: exclusionSchema,
    status: 201,
  },
  endSloExclusion: {
    method: 'delete',
    path: '/slos/:kind/:namespace/:name/:slo/exclusions/:id',
    summary: 'End an exclusion; it stays on record',
    query: exclusionEndSchema,
    response: exclusionSchema,
  },
  pushSamples: {
    method: 'post',
    path: '/slis/samples',
    summary: 'Store SLI samples; replay is safe',
    body: sliPushSchema,
    response: sliPushResultSchema,
  },
} as const satisfies ApiRoutes;
