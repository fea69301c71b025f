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
  type AuthorizePermissionRequest,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ownershipReadPermission } from '@service-ownership/backstage-plugin-ownership-common';
import { inSlices } from '../drift/store/inSlices';

/**
 * The refs a caller may see, or `all`.
 */
export type VisibleRefs = 'all' | ReadonlySet<string>;

type EntityPermission = ResourcePermission<'catalog-entity'>;

/** A permission backend takes 100 kB at once; one question is 500 bytes at most. */
const QUESTIONS_AT_ONCE = 150;

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
  #questionsAtOnce = QUESTIONS_AT_ONCE;
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
    const allowed = await this.#allows(
      asked.map(permission => ({ permission, resourceRef: entityRef })),
      credentials,
    );
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
    const allows = await this.#allows(
      refs.flatMap(resourceRef =>
        asked.map(one => ({ permission: one, resourceRef })),
      ),
      credentials,
    );
    const visible = refs.filter(
      (_, index) => allows[3 * index] && allows[3 * index + 1],
    );
    const isVisible = new Set(visible);
    return {
      visible: isVisible,
      granted: new Set(
        refs.filter(
          (ref, index) => isVisible.has(ref) && allows[3 * index + 2],
        ),
      ),
    };
  }

  /** Whether the caller may see the ownership of every entity. */
  async seesAll(credentials: BackstageCredentials): Promise<boolean> {
    return (await this.#decide(credentials)).every(isAllowed);
  }

  /**
   * The refs of the entities whose ownership the caller may see.
   */
  async visibleRefs(credentials: BackstageCredentials): Promise<VisibleRefs> {
    const decisions = await this.#decide(credentials);
    if (decisions.every(isAllowed)) {
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
        refs: this.#askCatalog({
          credentials,
          readsAll: isAllowed(decisions[1]),
        }),
      };
      this.#cache.set(key, entry);
      entry.refs.catch(() => this.#cache.delete(key));
    }
    return entry.refs;
  }

  #decide(credentials: BackstageCredentials) {
    return this.#permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        { permission: ownershipReadPermission },
      ],
      { credentials },
    );
  }

  async #askCatalog(options: {
    credentials: BackstageCredentials;
    /** Whether ownership.read is granted on every entity. */
    readsAll: boolean;
  }): Promise<VisibleRefs> {
    const { credentials, readsAll } = options;
    const visible = new Set<string>();
    // The catalog filters by catalog.entity.read.
    for await (const page of this.#catalog.streamEntities(
      { fields: ['kind', 'metadata.namespace', 'metadata.name'] },
      { credentials },
    )) {
      const refs = page.map(entity => stringifyEntityRef(entity));
      const allowed = readsAll
        ? refs.map(() => true)
        : await this.#allows(
            refs.map(resourceRef => ({
              permission: ownershipReadPermission,
              resourceRef,
            })),
            credentials,
          );
      refs
        .filter((_, index) => allowed[index])
        .forEach(ref => visible.add(ref));
    }
    return visible;
  }

  /** For each question, in their order, whether the policy allows it. */
  async #allows(
    questions: AuthorizePermissionRequest[],
    credentials: BackstageCredentials,
  ): Promise<boolean[]> {
    const size = this.#questionsAtOnce;
    try {
      const answers = await Promise.all(
        inSlices(questions, size).map(slice =>
          this.#permissions.authorize(slice, { credentials }),
        ),
      );
      return answers.flat().map(isAllowed);
    } catch (error) {
      // It hands every question to the catalog, each with all the conditions
      // of the policy: of a user in many groups they are long.
      if ((error as { statusCode?: number }).statusCode !== 413 || size === 1) {
        throw error;
      }
      this.#questionsAtOnce = Math.min(
        this.#questionsAtOnce,
        Math.ceil(size / 2),
      );
      return this.#allows(questions, credentials);
    }
  }
}

function isAllowed({ result }: { result: AuthorizeResult }): boolean {
  return result === AuthorizeResult.ALLOW;
}
