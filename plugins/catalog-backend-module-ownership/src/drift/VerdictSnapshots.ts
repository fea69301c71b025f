import type {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ResponseError, stringifyError } from '@backstage/errors';
import {
  verdictSnapshotSchema,
  type VerdictSnapshot,
} from '@service-ownership/backstage-plugin-ownership-common';

/** Longer than this the processing loop does not wait for verdicts. */
const TIMEOUT_MS = 5000;

/**
 * What the last drift scan found, as one lookup for an entity.
 */
export interface Verdicts {
  /** Start of the scan. */
  scannedAt: Date;
  /** State of a component that is not `owned`, by canonical ref. */
  states: ReadonlyMap<string, keyof VerdictSnapshot['refs']>;
}

/**
 * Keeps the verdicts of the drift scan at hand for the processing loop. They
 * are fetched at most once per interval, by whichever entity comes first; the
 * others share its request. While the ownership backend does not answer, the
 * verdicts known last stay in force.
 */
export class VerdictSnapshots {
  readonly #options: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
    intervalMs: number;
    clock: () => Date;
  };
  #verdicts?: Verdicts;
  #etag?: string;
  #dueAt = 0;
  #request?: Promise<void>;
  #failing = false;

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
    /** Least time between two requests, in milliseconds. */
    intervalMs: number;
    clock: () => Date;
  }) {
    this.#options = options;
  }

  /** The verdicts as of now; `undefined` while there never were any. Never throws. */
  async latest(): Promise<Verdicts | undefined> {
    if (!this.#request && this.#options.clock().getTime() >= this.#dueAt) {
      this.#dueAt = this.#options.clock().getTime() + this.#options.intervalMs;
      this.#request = this.#refresh().finally(() => {
        this.#request = undefined;
      });
    }
    await this.#request;
    return this.#verdicts;
  }

  /** Asks again at once after a scan, so that its verdicts show within seconds. */
  onOwnershipEvent(payload: unknown): void {
    if (
      (payload as { type?: unknown } | undefined)?.type === 'scan.completed'
    ) {
      this.#dueAt = 0;
      // The time of the scan is news even where its verdicts are the same.
      this.#etag = undefined;
    }
  }

  async #refresh(): Promise<void> {
    try {
      await this.#fetch();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) {
        this.#options.logger.warn(
          `The verdicts of the drift scan could not be fetched; entities keep the ownership state known last until they can. ${stringifyError(
            error,
          )}`,
        );
      }
      this.#failing = true;
    }
  }

  async #fetch(): Promise<void> {
    const { auth, discovery } = this.#options;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'ownership',
    });
    const baseUrl = await discovery.getBaseUrl('ownership');
    const response = await fetch(`${baseUrl}/drift/verdicts`, {
      headers: {
        Authorization: `Bearer ${token}`,
        ...(this.#etag
          ? {
              'If-None-Match': this.#etag,
              // Without it fetch adds `no-cache`, for which Express sends all
              // of it again.
              'Cache-Control': 'max-age=0',
            }
          : {}),
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 304) {
      return;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const { scannedAt, refs } = verdictSnapshotSchema.parse(
      await response.json(),
    );
    this.#etag = response.headers.get('ETag') ?? undefined;
    // Before the first scan nothing was judged: there is no verdict to keep to.
    if (scannedAt !== undefined) {
      const states = new Map<string, keyof VerdictSnapshot['refs']>();
      for (const state of ['at-risk', 'orphaned', 'unknown'] as const) {
        refs[state].forEach(ref => states.set(ref, state));
      }
      this.#verdicts = { scannedAt: new Date(scannedAt), states };
    }
  }
}
