import type {
  AuditorService,
  AuditorServiceEvent,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { CustomErrorBase, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  plainText,
  type ApiRoute,
  type ApiRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import { callerRef } from './callerRef';
import { sendTable } from './table/sendTable';

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Answer<T> = T extends z.ZodType ? z.input<T> : void;

/**
 * One call as a handler sees it: everything is checked and typed.
 */
export interface Call<TRoute extends ApiRoute = ApiRoute> {
  params: Record<string, string>;
  query: Output<TRoute['query']>;
  body: Output<TRoute['body']>;
  credentials: BackstageCredentials;
  /** The calling user's entity ref, or `service:<subject>`. */
  caller: string;
  /** Header `If-None-Match`, where the call has one. */
  ifNoneMatch?: string;
  /** What the audit log says of a call besides the parameters of its path. */
  note(meta: JsonObject): void;
  /** For answers that are not JSON or need a header. */
  response: Response;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/**
 * A function for every route; what it returns is sent as JSON. A handler that
 * writes to `call.response` itself returns nothing.
 */
export type Handlers<TRoutes extends ApiRoutes> = {
  [K in keyof TRoutes]: (
    call: Call<TRoutes[K]>,
  ) => Promise<Answer<
    TRoutes[K] extends { response: infer R } ? R : undefined
  > | void>;
};

/**
 * Puts routes and their handlers on a router: parses by the route's schemas,
 * answers 400 with every problem named, and audits every call that writes. Every
 * list can be had as a file, see `sendTable`.
 *
 * `checkAnswers` also holds what handlers return against the schema; tests
 * switch it on.
 */
export function mountRoutes<TRoutes extends ApiRoutes>(options: {
  router: Router;
  routes: TRoutes;
  handlers: Handlers<TRoutes>;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  checkAnswers?: boolean;
}): void {
  const { router, routes, handlers, httpAuth, auditor, checkAnswers } = options;

  for (const [id, route] of Object.entries(routes)) {
    const handler = handlers[id] as (call: Call) => Promise<unknown>;

    router[route.method](route.path, async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: route.unauthenticated
          ? ['user', 'service', 'none']
          : ['user', 'service'],
      });
      const audit = await startAudit(auditor, { id, route, req });
      const notes: JsonObject = {};
      try {
        // Unread it would count as empty, which asks for something else.
        if (
          route.body &&
          req.get('content-length') !== '0' &&
          req.is(['json', '+json']) === false
        ) {
          throw new InputError(
            `Invalid body: expected JSON with the header Content-Type: application/json, not ${
              req.get('content-type')?.slice(0, 100) ?? 'without that header'
            }`,
          );
        }
        const signal = abortedWhenGone(res);
        const ask = (query: Record<string, unknown>) =>
          handler({
            params: req.params as Record<string, string>,
            query: parse(route.query, query, 'query'),
            body: parse(route.body, req.body, 'body'),
            credentials,
            caller: callerRef(credentials),
            ifNoneMatch: req.get('if-none-match'),
            note: meta => Object.assign(notes, meta),
            response: res,
            signal,
          } as Call);
        const { query } = req;
        if (await sendTable({ route, query, ask, response: res, signal })) {
          return;
        }
        const answer = await ask(query);
        await audit?.success({ meta: notes });
        if (!res.headersSent && answer !== undefined) {
          if (checkAnswers) {
            parse(route.response, JSON.parse(JSON.stringify(answer)), 'answer');
          }
          res.status(route.status ?? 200).json(answer);
        }
      } catch (error) {
        // It repeats what was written, and stands in lines of the log.
        if (error instanceof CustomErrorBase) {
          error.message = plainText(error.message, { max: 5000 });
        }
        await audit?.fail({ error: error as Error, meta: notes });
        throw error;
      }
    });
  }
}

async function startAudit(
  auditor: AuditorService,
  options: { id: string; route: ApiRoute; req: Request },
): Promise<AuditorServiceEvent | undefined> {
  const { id, route, req } = options;
  // These only read, though they take a body.
  const writes =
    route.method !== 'get' &&
    !/\/(by-refs|validate|preview|dry-run)$/.test(route.path);
  if (!writes) {
    return undefined;
  }
  return auditor.createEvent({
    eventId: id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    severityLevel: 'medium',
    request: req,
    meta: { ...req.params },
  });
}

function parse(
  schema: z.ZodType | undefined,
  value: unknown,
  where: 'query' | 'body' | 'answer',
): unknown {
  if (!schema) {
    return undefined;
  }
  const result = schema.safeParse(value ?? {});
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues
    .slice(0, 20)
    .map(issue => `${issue.path.join('.') || where}: ${issue.message}`)
    .join('; ');
  if (where === 'answer') {
    throw new Error(`The answer does not fit its schema: ${problems}`);
  }
  throw new InputError(`Invalid ${where}: ${problems}`);
}

function abortedWhenGone(res: Response): AbortSignal {
  const controller = new AbortController();
  res.on('close', () => {
    if (!res.writableFinished) {
      controller.abort();
    }
  });
  return controller.signal;
}
