import type { z } from 'zod';

/**
 * One call of the HTTP API: what it takes and what it gives. The backend
 * validates by it and the OpenAPI document is generated from it.
 *
 * @public
 */
export interface ApiRoute {
  /** The HTTP method, in lower case. */
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/ownership`, in Express form: `/entities/:kind/:namespace/:name`. */
  path: string;
  /** One sentence: what the caller gets. */
  summary: string;
  /** Query parameters; lists are repeated parameters. */
  query?: z.ZodObject;
  /** Shape of the JSON body of the request, where it has one. */
  body?: z.ZodType;
  /** Body of the success answer; absent where there is none (204) or where it is not JSON. */
  response?: z.ZodType;
  /** Status of the success answer; 200 unless told. */
  status?: 200 | 201 | 202 | 204;
  /** Media types of an answer that is not JSON. */
  produces?: string[];
  /** True where anybody may call it, without a token. */
  unauthenticated?: true;
}

/**
 * The calls of one room, by operation id.
 *
 * @public
 */
export type ApiRoutes = Record<string, ApiRoute>;
