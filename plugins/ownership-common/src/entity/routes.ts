import { z } from 'zod';
import { pageQuerySchema, pageSchema, timestampSchema } from '../api';
import type { ApiRoutes } from '../api';
import { ownershipStateSchema } from '../drift';
import {
  badgeSchema,
  bulkAttestationSchema,
  entityOwnershipSchema,
  entitySummarySchema,
  ownerDecisionRequestSchema,
  ownerSuggestionsSchema,
} from './schema';

/**
 * The calls about single components.
 *
 * @public
 */
export const entityRoutes = {
  getEntity: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name',
    summary: 'Everything about one component, for its page',
    response: entityOwnershipSchema,
  },
  getEntitiesByRefs: {
    method: 'post',
    path: '/entities/by-refs',
    summary: 'The same in short form for many; unknown refs are left out',
    body: z.object({ entityRefs: z.array(z.string().max(300)).max(1000) }),
    response: z.object({ items: z.array(entitySummarySchema) }),
  },
  listEntities: {
    method: 'get',
    path: '/entities',
    summary:
      'Components with their state, worst first; what a tile or a group opens',
    query: pageQuerySchema.extend({
      team: z.string().max(300).optional(),
      system: z.string().max(300).optional(),
      domain: z.string().max(300).optional(),
      state: z.preprocess(
        value =>
          value === undefined || Array.isArray(value) ? value : [value],
        z.array(ownershipStateSchema).optional(),
      ),
      /** Only components whose contract review is due before this moment. */
      reviewDueBefore: timestampSchema.optional(),
      text: z.string().max(200).optional(),
    }),
    response: pageSchema(entitySummarySchema),
  },
  attest: {
    method: 'post',
    path: '/entities/:kind/:namespace/:name/attestations',
    summary: 'State that the contract is still right',
    body: z.object({ comment: z.string().max(2000).optional() }),
    response: z.object({
      entityRef: z.string(),
      attestedAt: timestampSchema,
      attestedBy: z.string(),
      dueAt: timestampSchema.optional(),
    }),
    status: 201,
  },
  attestAll: {
    method: 'post',
    path: '/attestations',
    summary:
      'State of many contracts that they are still right, with an answer for each',
    body: z.object({
      entityRefs: z.array(z.string().max(300)).min(1).max(500),
      comment: z.string().max(2000).optional(),
    }),
    response: bulkAttestationSchema,
  },
  getOwnerSuggestions: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/owner-suggestions',
    summary: 'Who could take over an orphaned component, best first, and why',
    response: ownerSuggestionsSchema,
  },
  acceptOwner: {
    method: 'post',
    path: '/entities/:kind/:namespace/:name/owner-suggestions/accept',
    summary:
      'Agree with a suggested owner; the patch stays until the catalog follows',
    body: ownerDecisionRequestSchema,
    response: ownerSuggestionsSchema,
  },
  rejectOwner: {
    method: 'post',
    path: '/entities/:kind/:namespace/:name/owner-suggestions/reject',
    summary:
      'Say that a suggested owner is not the one; it is not suggested again',
    body: ownerDecisionRequestSchema,
    response: ownerSuggestionsSchema,
  },
} as const satisfies ApiRoutes;

/**
 * The calls of badges for pages outside the portal.
 *
 * @public
 */
export const badgeRoutes = {
  listBadges: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/badges',
    summary:
      'Badges of one component for pages outside the portal; none where they are not switched on',
    response: z.object({ items: z.array(badgeSchema) }),
  },
  getBadge: {
    method: 'get',
    path: '/badges/:key/:metric/:kind/:namespace/:name',
    summary: 'One badge as a picture; the key is part of its address',
    produces: ['image/svg+xml'],
    unauthenticated: true,
  },
} as const satisfies ApiRoutes;
