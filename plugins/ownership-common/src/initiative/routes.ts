import { z } from 'zod';
import { pageSchema } from '../api';
import type { ApiRoutes } from '../api';
import {
  initiativeChangeSchema,
  initiativeDetailSchema,
  initiativeEntityQuerySchema,
  initiativeEntitySchema,
  initiativeExemptionRequestSchema,
  initiativePreviewRequestSchema,
  initiativePreviewSchema,
  initiativeRequestSchema,
  initiativeSchema,
  initiativeStateSchema,
} from './schema';

/**
 * The calls of initiatives.
 *
 * @public
 */
export const initiativeRoutes = {
  listInitiatives: {
    method: 'get',
    path: '/initiatives',
    summary: 'Initiatives with their progress, the furthest behind first',
    query: z.object({
      /** Only those with components of this group or of groups below it in scope. */
      team: z.string().max(300).optional(),
      state: z
        .union([initiativeStateSchema, z.array(initiativeStateSchema)])
        .optional(),
    }),
    response: z.object({ items: z.array(initiativeSchema) }),
  },
  previewInitiative: {
    method: 'post',
    path: '/initiatives/preview',
    summary: 'What a goal over a scope would count today; writes nothing',
    body: initiativePreviewRequestSchema,
    response: initiativePreviewSchema,
  },
  createInitiative: {
    method: 'post',
    path: '/initiatives',
    summary: 'Starts an initiative, as a draft unless told',
    body: initiativeRequestSchema,
    response: initiativeDetailSchema,
    status: 201,
  },
  getInitiative: {
    method: 'get',
    path: '/initiatives/:id',
    summary: 'An initiative with its burn-up, teams, rules and exemptions',
    response: initiativeDetailSchema,
  },
  changeInitiative: {
    method: 'patch',
    path: '/initiatives/:id',
    summary: 'Changes an initiative; what is left out stays',
    body: initiativeChangeSchema,
    response: initiativeDetailSchema,
  },
  deleteInitiative: {
    method: 'delete',
    path: '/initiatives/:id',
    summary: 'Deletes a draft; anything else is cancelled instead',
    status: 204,
  },
  listInitiativeEntities: {
    method: 'get',
    path: '/initiatives/:id/entities',
    summary: 'Components in scope with their state, a page at a time',
    query: initiativeEntityQuerySchema,
    response: pageSchema(initiativeEntitySchema),
  },
  exemptFromInitiative: {
    method: 'post',
    path: '/initiatives/:id/exemptions',
    summary: 'Excuses a component, with a reason and an end',
    body: initiativeExemptionRequestSchema,
    response: initiativeDetailSchema,
  },
  withdrawInitiativeExemption: {
    method: 'delete',
    path: '/initiatives/:id/exemptions',
    summary: 'Takes an exemption back',
    query: z.object({ entityRef: z.string().max(300) }),
    response: initiativeDetailSchema,
  },
} as const satisfies ApiRoutes;
