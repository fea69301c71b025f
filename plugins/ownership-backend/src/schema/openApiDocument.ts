import {
  badgeRoutes,
  briefRoutes,
  contractRoutes,
  directoryRoutes,
  driftRoutes,
  entityRoutes,
  measureRoutes,
  ruleDryRunRoutes,
  runbookRoutes,
  scorecardRoutes,
  sloRoutes,
  type ApiRoute,
  type ApiRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import { z } from 'zod';
import { listItem } from '../api/table/listItem';

const rooms: Record<string, ApiRoutes> = {
  entity: { ...entityRoutes, ...badgeRoutes },
  contract: contractRoutes,
  directory: directoryRoutes,
  runbook: runbookRoutes,
  drift: { ...driftRoutes, ...ruleDryRunRoutes },
  slo: sloRoutes,
  measure: measureRoutes,
  scorecard: { ...scorecardRoutes, ...briefRoutes },
};

/**
 * The OpenAPI 3.1 document of the API, made of the same routes that the
 * router is made of. `openapi.yaml` beside this file is its written form.
 */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [room, routes] of Object.entries(rooms)) {
    for (const [operationId, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = {
        ...paths[path],
        [route.method]: operation({ room, operationId, route }),
      };
    }
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'ownership',
      version: '1',
      description:
        'Who answers for which service and how it is doing. Every call needs a Backstage token.',
      license: {
        name: 'Apache-2.0',
        url: 'https://www.apache.org/licenses/LICENSE-2.0.html',
      },
    },
    servers: [{ url: '/' }],
    tags: Object.keys(rooms).map(name => ({ name })),
    paths,
    components: {
      securitySchemes: {
        JWT: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: {
        Error: {
          type: 'object',
          description: "Backstage's error body",
          required: ['error', 'response'],
          properties: {
            error: {
              type: 'object',
              required: ['name', 'message'],
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
            },
            response: {
              type: 'object',
              required: ['statusCode'],
              properties: { statusCode: { type: 'integer' } },
            },
          },
        },
      },
    },
  };
}

function operation(options: {
  room: string;
  operationId: string;
  route: ApiRoute;
}) {
  const { room, operationId, route } = options;
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(route.query?.shape ?? {}).map(
    ([name, schema]) => {
      const { description, ...rest } = toSchema(schema as z.ZodType, 'input');
      return {
        name,
        in: 'query',
        required: !(schema as z.ZodType).safeParse(undefined).success,
        ...(typeof description === 'string' && { description }),
        schema: rest,
      };
    },
  );
  const asTable = listItem(route) && !route.query?.shape.format;
  if (asTable) {
    inQuery.push({
      name: 'format',
      in: 'query',
      required: false,
      description: 'The whole list as a file; cursor and limit are ignored',
      schema: { enum: ['csv', 'json'] },
    });
  }
  const failure = (description: string) => ({
    description,
    content: {
      'application/json': { schema: { $ref: '#/components/schemas/Error' } },
    },
  });

  return {
    operationId,
    tags: [room],
    summary: route.summary,
    security: route.unauthenticated ? [] : [{ JWT: [] }],
    parameters: [...inPath, ...inQuery],
    ...(route.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: toSchema(route.body, 'input') },
        },
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: route.summary,
        ...(route.response && {
          content: {
            'application/json': { schema: toSchema(route.response, 'output') },
            ...(asTable && { 'text/csv': { schema: { type: 'string' } } }),
          },
        }),
        ...(route.produces && {
          content: Object.fromEntries(
            route.produces.map(type => [type, { schema: { type: 'string' } }]),
          ),
        }),
      },
      400: failure('The call is not as described here; the message says where'),
      ...(!route.unauthenticated && {
        401: failure('No valid Backstage token'),
        403: failure('The policy does not grant the permission'),
      }),
      ...(inPath.length > 0 && { 404: failure('There is no such thing') }),
    },
  };
}

function toSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
  }) as Record<string, unknown>;
  return rest;
}
