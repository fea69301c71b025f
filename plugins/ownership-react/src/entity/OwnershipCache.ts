import type {
  EntityOwnership,
  OwnershipApi,
} from '@service-ownership/backstage-plugin-ownership-common';

/** @internal */
export interface OwnershipSnapshot {
  readonly loading: boolean;
  readonly value?: EntityOwnership;
  readonly error?: Error;
}

interface Entry {
  snapshot: OwnershipSnapshot;
  listeners: Set<() => void>;
  /** Counts requests, so that an answer overtaken by a later one is dropped. */
  request: number;
  /** Milliseconds since the epoch. */
  answeredAt?: number;
}

/** An answer younger than this is shown again without a new request. */
const FRESH_FOR_MILLISECONDS = 30_000;
const WAITING: OwnershipSnapshot = { loading: true };

/**
 * One request for each entity, however many cards of a page ask for it. An
 * entity nobody shows any more is forgotten once its answer is no longer fresh.
 *
 * @internal
 */
export class OwnershipCache {
  static readonly #caches = new WeakMap<OwnershipApi, OwnershipCache>();

  /** The cache that all users of the same API share. */
  static for(api: OwnershipApi): OwnershipCache {
    let cache = OwnershipCache.#caches.get(api);
    if (!cache) {
      cache = new OwnershipCache(api);
      OwnershipCache.#caches.set(api, cache);
    }
    return cache;
  }

  readonly #api: OwnershipApi;
  readonly #entries = new Map<string, Entry>();

  private constructor(api: OwnershipApi) {
    this.#api = api;
  }

  /** What is known now; the same object until something changes. */
  read(entityRef: string): OwnershipSnapshot {
    return this.#entries.get(entityRef)?.snapshot ?? WAITING;
  }

  /** Tells the listener of every change and asks the backend where nothing fresh is known. */
  subscribe(entityRef: string, listener: () => void): () => void {
    this.#forgetUnused();
    let entry = this.#entries.get(entityRef);
    if (!entry) {
      entry = { snapshot: WAITING, listeners: new Set(), request: 0 };
      this.#entries.set(entityRef, entry);
    }
    entry.listeners.add(listener);
    const underWay = entry.request > 0 && entry.snapshot.loading;
    if (!underWay && !isFresh(entry)) {
      this.load(entityRef);
    }
    return () => {
      entry.listeners.delete(listener);
    };
  }

  /** Asks again. The last answer stays until the new one is there. */
  load(entityRef: string): void {
    const entry = this.#entries.get(entityRef);
    if (!entry) {
      return;
    }
    entry.request += 1;
    const request = entry.request;
    this.#change(entry, { loading: true, value: entry.snapshot.value });
    this.#api.getEntity(entityRef).then(
      value => {
        if (entry.request === request) {
          entry.answeredAt = Date.now();
          this.#change(entry, { loading: false, value });
        }
      },
      error => {
        if (entry.request === request) {
          entry.answeredAt = undefined;
          this.#change(entry, { loading: false, error });
        }
      },
    );
  }

  #change(entry: Entry, snapshot: OwnershipSnapshot) {
    entry.snapshot = snapshot;
    entry.listeners.forEach(listener => listener());
  }

  #forgetUnused() {
    for (const [entityRef, entry] of this.#entries) {
      const idle = entry.listeners.size === 0 && !entry.snapshot.loading;
      if (idle && !isFresh(entry)) {
        this.#entries.delete(entityRef);
      }
    }
  }
}

function isFresh(entry: Entry): boolean {
  return (
    entry.answeredAt !== undefined &&
    Date.now() - entry.answeredAt < FRESH_FOR_MILLISECONDS
  );
}
