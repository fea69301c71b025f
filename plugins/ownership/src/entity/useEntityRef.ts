import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';

/**
 * Full ref of the entity whose page this is.
 *
 * @internal
 */
export function useEntityRef(): string {
  return stringifyEntityRef(useEntity().entity);
}
