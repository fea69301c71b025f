import { z } from 'zod';
import type { ApiRoutes } from '../api';
import {
  aliasSuggestionsSchema,
  directoryAliasRequestSchema,
  directoryAliasSchema,
} from './schema';

/**
 * The calls of the directory of groups and users.
 *
 * @public
 */
export const directoryRoutes = {
  listAliases: {
    method: 'get',
    path: '/directory/aliases',
    summary: 'Old refs of groups and users that stand for new ones',
    response: z.object({ items: z.array(directoryAliasSchema) }),
  },
  putAlias: {
    method: 'put',
    path: '/directory/aliases',
    summary:
      'Let an old ref of a group or user stand for a new one; the next scan heals what names it',
    body: directoryAliasRequestSchema,
    response: directoryAliasSchema,
  },
  suggestAliases: {
    method: 'get',
    path: '/directory/aliases/suggestions',
    summary:
      'Groups that an old ref could stand for, by what is suggested for the components it orphans, 500 at most',
    query: z.object({ from: z.string().max(300) }),
    response: aliasSuggestionsSchema,
  },
  deleteAlias: {
    method: 'delete',
    path: '/directory/aliases',
    summary: 'Remove an alias that was made in the portal',
    query: z.object({ from: z.string().max(300) }),
    status: 204,
  },
} as const satisfies ApiRoutes;
