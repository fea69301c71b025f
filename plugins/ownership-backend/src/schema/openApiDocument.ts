import * as common from '@service-ownership/backstage-plugin-ownership-common';
import type {
  ApiRoute,
  ApiRoutes,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { ZodType } from 'zod';
import { listItem } from '../api/table/listItem';
import { SchemaNames } from './SchemaNames';

/** All there is under a name such as `driftRoutes`: nothing can be forgotten. */
const rooms: Record<string, ApiRoutes> = Object.fromEntries(
  Object.entries(common)
    .filter(([name]) => name.endsWith('Routes'))
    .map(([name, routes]) => [name.replace(/Routes$/, ''), routes as ApiRoutes])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/**
 * The OpenAPI 3.1 document of the API, made of the same routes that the
 * router is made of. `openapi.yaml` beside this file is its written form.
 */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  const names = new SchemaNames();
  for (const [room, routes] of Object.entries(rooms)) {
    for (const [operationId, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = {
        ...paths[path],
        [route.method]: operation({ room, operationId, route, names }),
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
        ...names.schemas(),
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
  names: SchemaNames;
}) {
  const { room, operationId, route, names } = options;
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(route.query?.shape ?? {}).map(
    ([name, schema]) => {
      const { description, ...rest } = names.toSchema(
        schema as ZodType,
        'input',
        { inline: true },
      );
      return {
        name,
        in: 'query',
        required: !(schema as ZodType).safeParse(undefined).success,
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
          'application/json': { schema: names.toSchema(route.body, 'input') },
        },
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: route.summary,
        ...((route.response || route.produces) && {
          content: {
            ...(route.response && {
              'application/json': {
                schema: names.toSchema(route.response, 'output'),
              },
            }),
            ...Object.fromEntries(
              [...(asTable ? ['text/csv'] : []), ...(route.produces ?? [])].map(
                type => [type, { schema: { type: 'string' } }],
              ),
            ),
          },
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
