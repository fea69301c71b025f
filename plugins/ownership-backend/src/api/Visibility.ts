import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ownershipReadPermission } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * The refs a caller may see, or `all`.
 */
export type VisibleRefs = 'all' | ReadonlySet<string>;

type EntityPermission = ResourcePermission<'catalog-entity'>;

/**
 * Answers what a caller may see and do. A caller sees the ownership of an
 * entity if the policy grants both `catalog.entity.read` and `ownership.read`
 * on it. Conditional decisions are applied by the catalog, with its own rules.
 */
export class Visibility {
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #now: () => number;
  readonly #cacheMs: number;
  readonly #cache = new Map<
    string,
    { until: number; refs: Promise<VisibleRefs> }
  >();

  constructor(options: {
    permissions: PermissionsService;
    catalog: CatalogService;
    /** Milliseconds since the epoch. */
    now?: () => number;
    /** How long a restricted caller's refs are remembered; 30 s by default. */
    cacheMs?: number;
  }) {
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#now = options.now ?? Date.now;
    this.#cacheMs = options.cacheMs ?? 30_000;
  }

  /** @throws NotAllowedError unless the policy grants the permission */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`Permission ${permission.name} is required`);
    }
  }

  /** @throws NotAllowedError unless the caller may see the entity and has the permission on it */
  async requireOnEntity(
    permission: EntityPermission,
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { [permission.name]: allowed } = await this.onEntity(
      [permission],
      entityRef,
      credentials,
    );
    if (!allowed) {
      throw new NotAllowedError(
        `Permission ${permission.name} on ${entityRef} is required`,
      );
    }
  }

  /**
   * Which of the permissions the caller has on an entity, by name; all false
   * if the entity is hidden from the caller.
   */
  async onEntity(
    permissions: EntityPermission[],
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Record<string, boolean>> {
    const asked = [
      catalogEntityReadPermission,
      ownershipReadPermission,
      ...permissions,
    ];
    const decisions = await this.#permissions.authorize(
      asked.map(permission => ({ permission, resourceRef: entityRef })),
      { credentials },
    );
    const allowed = decisions.map(d => d.result === AuthorizeResult.ALLOW);
    const visible = allowed[0] && allowed[1];
    return Object.fromEntries(
      permissions.map((permission, index) => [
        permission.name,
        visible && allowed[index + 2],
      ]),
    );
  }

  /**
   * On which of some entities the caller has a permission, and which of them
   * they may see at all; all asked at once.
   */
  async onEntities(
    permission: EntityPermission,
    entityRefs: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<{ visible: Set<string>; granted: Set<string> }> {
    const refs = [...new Set(entityRefs)];
    const asked = [
      catalogEntityReadPermission,
      ownershipReadPermission,
      permission,
    ];
    const decisions = await this.#permissions.authorize(
      refs.flatMap(resourceRef =>
        asked.map(one => ({ permission: one, resourceRef })),
      ),
      { credentials },
    );
    const allows = (index: number) =>
      decisions[index].result === AuthorizeResult.ALLOW;
    const visible = refs.filter(
      (_, index) => allows(3 * index) && allows(3 * index + 1),
    );
    const isVisible = new Set(visible);
    return {
      visible: isVisible,
      granted: new Set(
        refs.filter(
          (ref, index) => isVisible.has(ref) && allows(3 * index + 2),
        ),
      ),
    };
  }

  /**
   * The refs of the entities whose ownership the caller may see.
   */
  async visibleRefs(credentials: BackstageCredentials): Promise<VisibleRefs> {
    const decisions = await this.#permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        { permission: ownershipReadPermission },
      ],
      { credentials },
    );
    if (decisions.every(d => d.result === AuthorizeResult.ALLOW)) {
      return 'all';
    }
    if (decisions.some(d => d.result === AuthorizeResult.DENY)) {
      return new Set();
    }

    const key = JSON.stringify(credentials.principal);
    const now = this.#now();
    for (const [other, { until }] of this.#cache) {
      if (until <= now) {
        this.#cache.delete(other);
      }
    }
    let entry = this.#cache.get(key);
    if (!entry) {
      entry = {
        until: now + this.#cacheMs,
        refs: this.#askCatalog(credentials),
      };
      this.#cache.set(key, entry);
      entry.refs.catch(() => this.#cache.delete(key));
    }
    return entry.refs;
  }

  async #askCatalog(credentials: BackstageCredentials): Promise<VisibleRefs> {
    const visible = new Set<string>();
    // The catalog filters by catalog.entity.read, ownership.read is asked in batches.
    for await (const page of this.#catalog.streamEntities(
      { fields: ['kind', 'metadata.namespace', 'metadata.name'] },
      { credentials },
    )) {
      const refs = page.map(entity => stringifyEntityRef(entity));
      const decisions = await this.#permissions.authorize(
        refs.map(resourceRef => ({
          permission: ownershipReadPermission,
          resourceRef,
        })),
        { credentials },
      );
      refs.forEach((ref, index) => {
        if (decisions[index].result === AuthorizeResult.ALLOW) {
          visible.add(ref);
        }
      });
    }
    return visible;
  }
}
