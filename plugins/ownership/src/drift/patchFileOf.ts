import { parseEntityRef } from '@backstage/catalog-model';

/**
 * The name of the file that a patch of an entity is downloaded as:
 * `payments-api.patch.yaml`.
 *
 * @internal
 */
export function patchFileOf(entityRef: string): string {
  return `${parseEntityRef(entityRef).name}.patch.yaml`;
}
