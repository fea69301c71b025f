import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  SliBucket,
  SloDefinition,
} from '@service-ownership/backstage-plugin-ownership-common';

/**
 * A stretch of time of one SLO that is to be read.
 *
 * @public
 */
export interface SliRequest {
  /** The component: `component:default/checkout`. */
  entityRef: string;
  /** The SLO as it was read; `indicator` has its queries. */
  definition: SloDefinition;
  /** First moment, seconds since the epoch, a multiple of `seconds`. */
  from: number;
  /** End, not included, as above. It is never in the future. */
  to: number;
  /**
   * Length of the buckets that are kept of this stretch. A source that cannot
   * give hours answers with 5-minute buckets all the same.
   */
  seconds: 300 | 3600;
}

/**
 * What a source says to a request: buckets, or why there are none. A request
 * may be answered in parts, oldest first; after an error it is over.
 *
 * @public
 */
export type SliReading =
  | {
      request: SliRequest;
      /**
       * Those with data. One that is missing is "no data", one with a total of
       * 0 is "no traffic".
       */
      buckets: SliBucket[];
      /**
       * Up to where the request is answered, seconds since the epoch; equal to
       * `request.to` in its last part.
       */
      readTo: number;
    }
  | {
      request: SliRequest;
      /**
       * Why it could not be read, in words for the owner of the SLO. The same
       * cause gives the same words: no times, no counters.
       */
      error: string;
    };

/**
 * An SLO that a source found, with nobody having written it for the portal.
 *
 * @public
 */
export interface DiscoveredSlo {
  /**
   * The SLO. `indicator` has to be one that the source `reads`; what is less
   * exact than events that were counted is said in `warnings`.
   */
  definition: Omit<SloDefinition, 'origin'>;
  /** Where it was found, in words: `Sloth, discovered at server main`. */
  place: string;
  /**
   * What tells it apart, as names and values: the labels of its series.
   * Components select by them with the annotation
   * `service-ownership.io/slo-selector`.
   */
  labels: Record<string, string>;
  /**
   * The component it is about, as a name or a full ref, where the labels say
   * so. It is only taken where exactly one component is meant.
   */
  component?: string;
}

/**
 * What was found at one server of a source, or why that cannot be told. A
 * server that failed keeps what was found before.
 *
 * @public
 */
export type SliDiscovery =
  | {
      /** Unique within the source, up to 100 characters. */
      server: string;
      slos: DiscoveredSlo[];
      /** What was found and is no SLO, in words. */
      problems: string[];
    }
  | { server: string; error: string };

/**
 * Knows the good and the total events of SLOs. Asked every minute, never while
 * a page is waiting.
 *
 * @public
 */
export interface SliSource {
  /** Unique: `prometheus`, … */
  readonly id: string;
  /** Whether the SLO is read from here; the first source that says so is asked. */
  reads(definition: SloDefinition): boolean;
  /**
   * Reads many SLOs at once. One that cannot be read gets an `error` and
   * touches no other.
   *
   * @param options - `requests`: one for each SLO at most; `signal`: ends the
   * reading early, what was not answered is asked for again
   * @throws where nothing can be read at all: every request that is not over
   * then fails with the message
   */
  read(options: {
    requests: SliRequest[];
    signal: AbortSignal;
  }): AsyncIterable<SliReading>;
  /**
   * Looks for SLOs that are recorded there already; asked every 5 minutes.
   * One item for each of its servers: SLOs of a server that is not among them
   * any more are removed.
   *
   * @throws where nothing can be told of any server: all stays as it is
   */
  discover?(options: { signal: AbortSignal }): Promise<SliDiscovery[]>;
}

/**
 * Adds sources of SLIs.
 *
 * @public
 */
export interface OwnershipSliSourcesExtensionPoint {
  /**
   * Adds sources of the good and the total events of SLOs.
   *
   * @param sources - sources whose ids are not taken yet; a taken id fails the
   * start of the backend with a message that names it
   */
  addSources(...sources: SliSource[]): void;
}

/**
 * Where modules add sources of SLIs.
 *
 * @public
 */
export const ownershipSliSourcesExtensionPoint =
  createExtensionPoint<OwnershipSliSourcesExtensionPoint>({
    id: 'ownership.sliSources',
  });
