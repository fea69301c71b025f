import type { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ownerPatch,
  ownerRefs,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * Asks the catalog who owns things now, and not at the last scan.
 */
export class CatalogOwners {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #aliases: () => Promise<ReadonlyMap<string, string>>;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** New refs of groups by old ones. */
    aliases: () => Promise<ReadonlyMap<string, string>>;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#aliases = options.aliases;
  }

  /**
   * Those of some components whose one owner is somebody else, with what to
   * write into their catalog files. What is gone belongs to nobody else.
   *
   * @throws ServiceUnavailableError where the catalog cannot be asked: nothing
   *   is concluded from its silence
   */
  async ownedByOthers(options: {
    entityRefs: string[];
    owner: string;
  }): Promise<Array<{ entityRef: string; patch: string }>> {
    const { entityRefs, owner } = options;
    const aliases = await this.#aliases();
    const entities = await this.#read(entityRefs);
    return entityRefs.flatMap((entityRef, index) => {
      const entity = entities[index];
      if (!entity) {
        return [];
      }
      const owners = new Set(
        ownerRefs(entity).map(ref => currentRef(ref, aliases)),
      );
      return owners.size === 1 && owners.has(currentRef(owner, aliases))
        ? []
        : [{ entityRef, patch: ownerPatch({ entity, owner }) }];
    });
  }

  async #read(entityRefs: string[]) {
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs,
          fields: ['apiVersion', 'kind', 'metadata', 'spec.owner', 'relations'],
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      throw new ServiceUnavailableError(
        `The catalog could not be asked who the owner is, try again later: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
  }
}

/** An alias may lead to another one; never round in circles. */
function currentRef(ref: string, aliases: ReadonlyMap<string, string>): string {
  const seen = new Set<string>();
  let current = ref;
  while (!seen.has(current)) {
    seen.add(current);
    current = aliases.get(current) ?? current;
  }
  return current;
}
