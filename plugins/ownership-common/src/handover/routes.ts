import { z } from 'zod';
import type { ApiRoutes } from '../api';
import {
  handoverAnswerSchema,
  handoverDetailSchema,
  handoverPageSchema,
  handoverQuerySchema,
  handoverRequestSchema,
} from './schema';

/**
 * The calls of handovers.
 *
 * @public
 */
export const handoverRoutes = {
  listHandovers: {
    method: 'get',
    path: '/handovers',
    summary: 'Handovers, those due first at the top; a page at a time',
    query: handoverQuerySchema,
    response: handoverPageSchema,
  },
  proposeHandover: {
    method: 'post',
    path: '/handovers',
    summary: 'Proposes to hand components over to another team',
    body: handoverRequestSchema,
    response: handoverDetailSchema,
    status: 201,
  },
  getHandover: {
    method: 'get',
    path: '/handovers/:id',
    summary: 'A handover with its checklist and what the catalog still says',
    response: handoverDetailSchema,
  },
  acceptHandover: {
    method: 'post',
    path: '/handovers/:id/accept',
    summary: 'Accepts it for the receiving team; the old team still answers',
    body: handoverAnswerSchema,
    response: handoverDetailSchema,
  },
  declineHandover: {
    method: 'post',
    path: '/handovers/:id/decline',
    summary: 'Declines it for the receiving team',
    body: handoverAnswerSchema,
    response: handoverDetailSchema,
  },
  cancelHandover: {
    method: 'post',
    path: '/handovers/:id/cancel',
    summary: 'Takes it back',
    body: handoverAnswerSchema,
    response: handoverDetailSchema,
  },
  completeHandover: {
    method: 'post',
    path: '/handovers/:id/complete',
    summary:
      'Completes it, once the checklist is done and the catalog names the new team',
    body: handoverAnswerSchema,
    response: handoverDetailSchema,
  },
  checkHandoverItem: {
    method: 'patch',
    path: '/handovers/:id/checklist/:item',
    summary: 'Marks an item of the checklist as done, or opens it again',
    body: z.strictObject({ done: z.boolean() }),
    response: handoverDetailSchema,
  },
} as const satisfies ApiRoutes;
