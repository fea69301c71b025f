/** A verdict that stands until something it was made of changes. */
export interface RememberedVerdict {
  etag: string;
  /** When time alone may change it; milliseconds since the epoch. */
  validUntil: number;
  /** What was reported on it, in short. */
  reports: string;
  ownerRefs: readonly string[];
  /** Sorted ids of its open findings. */
  findings: readonly string[];
  /** Refs that it names and that resolve to nothing; absent where there are none. */
  missed?: readonly string[];
  /** Who could take it over hangs on other components as well. */
  orphaned?: true;
}

/**
 * What this process judged in its last scan, so that the next one need not do
 * it again.
 *
 * Law: a remembered verdict is stored as it would be judged. It is remembered
 * only when a scan found or left it stored to the letter, and only where it
 * hangs on nothing but the entity, the organisation, what is reported on it and
 * time. It is forgotten when the entity or anything in the organisation changed,
 * when its time came, when any other scan ran in between, and once a day
 * whatever is known. Who could take over an orphan is no part of it.
 */
export class VerdictMemory {
  #scanId?: string;
  #world?: string;
  #verdicts = new Map<string, RememberedVerdict>();
  #next = new Map<string, RememberedVerdict>();

  /** Whether anything can be recalled if the organisation is as it was. */
  mayRecall(options: { lastScanId: string | undefined; now: Date }): boolean {
    const { lastScanId, now } = options;
    return (
      this.#verdicts.size > 0 &&
      lastScanId === this.#scanId &&
      this.#world?.startsWith(dayOf(now)) === true
    );
  }

  /**
   * Begins a scan.
   *
   * @param options - `lastScanId`: the last scan that ended, in any replica
   * and in any way. `organisation`: changes with anything in the organisation;
   * `undefined` where nobody can tell
   */
  begin(options: {
    lastScanId: string | undefined;
    organisation: string | undefined;
    now: Date;
  }): void {
    const { lastScanId, organisation, now } = options;
    const world = organisation && `${dayOf(now)} ${organisation}`;
    if (!world || world !== this.#world || lastScanId !== this.#scanId) {
      this.#verdicts.clear();
    }
    this.#world = world;
    this.#next = new Map();
  }

  /** The verdict on a component, if it stands still. */
  recall(options: {
    entityRef: string;
    etag: string | undefined;
    now: Date;
  }): RememberedVerdict | undefined {
    const { entityRef, etag, now } = options;
    const verdict = this.#verdicts.get(entityRef);
    return verdict &&
      verdict.etag === etag &&
      verdict.validUntil > now.getTime()
      ? verdict
      : undefined;
  }

  /** Remembers a verdict for the next scan, if this one completes. */
  remember(entityRef: string, verdict: RememberedVerdict): void {
    if (this.#world) {
      this.#next.set(entityRef, verdict);
    }
  }

  /** The scan completed: what it remembered is true. */
  complete(scanId: string): void {
    this.#scanId = scanId;
    this.#verdicts = this.#next;
    this.#next = new Map();
  }
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
