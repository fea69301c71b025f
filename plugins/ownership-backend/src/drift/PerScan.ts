import type { ScanProgress } from './ScanConsumer';

/**
 * What a consumer keeps of the scan that feeds it. A scan that was cut short
 * leaves something behind: the next one begins with nothing.
 */
export class PerScan<T> {
  readonly #nothing: () => T;
  #scanId?: string;
  #kept: T;

  /** @param nothing - what there is before a scan feeds anything */
  constructor(nothing: () => T) {
    this.#nothing = nothing;
    this.#kept = nothing();
  }

  /** What is kept of this scan so far, to add to. */
  of({ scanId }: Pick<ScanProgress, 'scanId'>): T {
    if (this.#scanId !== scanId) {
      this.#scanId = scanId;
      this.#kept = this.#nothing();
    }
    return this.#kept;
  }

  /** What is kept of this scan so far, and forgets it. */
  take(scan: Pick<ScanProgress, 'scanId'>): T {
    const kept = this.of(scan);
    this.#scanId = undefined;
    this.#kept = this.#nothing();
    return kept;
  }
}
