import type { ApiRoute } from '@service-ownership/backstage-plugin-ownership-common';
import { z } from 'zod';

/**
 * The shape of one item of a call that answers with a list, else nothing.
 */
export function listItem(route: ApiRoute): z.ZodType | undefined {
  const items =
    route.method === 'get' && route.response instanceof z.ZodObject
      ? route.response.shape.items
      : undefined;
  return items instanceof z.ZodArray ? (items.element as z.ZodType) : undefined;
}
