import type { ApiRoutes } from '../../api';
import {
  driftViewChangeSchema,
  driftViewListSchema,
  driftViewRequestSchema,
  driftViewSchema,
} from './schema';

/**
 * The calls of saved views of the drift report.
 *
 * @public
 */
export const driftViewRoutes = {
  listDriftViews: {
    method: 'get',
    path: '/drift/views',
    summary: 'Named filters of the caller and those that are shared, by name',
    response: driftViewListSchema,
  },
  createDriftView: {
    method: 'post',
    path: '/drift/views',
    summary: 'Keep a filter over the findings under a name',
    body: driftViewRequestSchema,
    response: driftViewSchema,
    status: 201,
  },
  changeDriftView: {
    method: 'patch',
    path: '/drift/views/:id',
    summary: 'Change a named filter, share it, or begin with it',
    body: driftViewChangeSchema,
    response: driftViewSchema,
  },
  deleteDriftView: {
    method: 'delete',
    path: '/drift/views/:id',
    summary: 'Delete a named filter',
    status: 204,
  },
} as const satisfies ApiRoutes;
