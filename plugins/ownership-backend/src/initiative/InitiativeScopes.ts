import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  entityRefOf,
  type readScopePredicate,
} from '@service-ownership/backstage-plugin-ownership-common';

type ScopePredicate = ReturnType<typeof readScopePredicate>;

/**
 * Asks the catalog what a scope is: which entities a predicate matches, and
 * whether owners and teams are there. The catalog knows every field of every
 * entity; the scan keeps only those that rules read.
 */
export class InitiativeScopes {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #kinds: ReadonlySet<string>;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** Kinds under ownership, in lower case. */
    kinds: ReadonlySet<string>;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#kinds = options.kinds;
  }

  /**
   * The entities a predicate matches.
   *
   * @param options - `path`: what the predicate is called where it comes from.
   * `credentials`: for whose eyes; everything unless told
   * @throws InputError where the catalog refuses the predicate,
   * ServiceUnavailableError where it cannot be asked
   */
  async matching(
    predicate: ScopePredicate,
    options: { path?: string; credentials?: BackstageCredentials } = {},
  ): Promise<Set<string>> {
    const { path = 'scope.predicate' } = options;
    const refs = new Set<string>();
    try {
      for await (const page of this.#catalog.streamEntities(
        {
          query: predicate,
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          pageSize: 2000,
        },
        { credentials: await this.#eyesOf(options.credentials) },
      )) {
        for (const entity of page) {
          const ref = this.#kinds.has(entity.kind.toLocaleLowerCase('en-US'))
            ? entityRefOf(entity)
            : undefined;
          if (ref) {
            refs.add(ref);
          }
        }
      }
    } catch (error) {
      throw explain(error, `${path}: the catalog refused it`);
    }
    return refs;
  }

  /** Whether somebody may see a group, or also a user, of this ref in the catalog. */
  async exists(
    ref: string,
    options: { kinds: readonly string[]; credentials: BackstageCredentials },
  ): Promise<boolean> {
    const { kinds, credentials } = options;
    if (!kinds.some(kind => ref.startsWith(`${kind}:`))) {
      return false;
    }
    try {
      const entity = await this.#catalog.getEntityByRef(ref, {
        credentials: await this.#eyesOf(credentials),
      });
      return entity !== undefined;
    } catch (error) {
      throw explain(error, `${ref}: the catalog refused it`);
    }
  }

  // A service sees all of the catalog, and a token for this plugin alone may
  // not be handed on to another.
  async #eyesOf(
    credentials: BackstageCredentials | undefined,
  ): Promise<BackstageCredentials> {
    return credentials && !this.#auth.isPrincipal(credentials, 'service')
      ? credentials
      : this.#auth.getOwnServiceCredentials();
  }
}

function explain(error: unknown, refused: string): Error {
  const reason = error instanceof Error ? error.message : String(error);
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error
      ? error.statusCode
      : undefined;
  return status === 400 || (error as Error)?.name === 'InputError'
    ? new InputError(`${refused}: ${reason}`)
    : new ServiceUnavailableError(
        `The catalog could not be asked, try again later: ${reason}`,
      );
}
