import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import type { MissingPrincipal } from './store/readMissing';
import { columnText } from '../drift/store/columnText';

const MAX_REF = 300;

/**
 * Since when refs that something names resolve to nothing. Remembers which
 * refs were asked for, so that the table keeps those and no others.
 */
export class MissingPrincipals {
  readonly #stored: ReadonlyMap<string, MissingPrincipal>;
  readonly #formerParents: ReadonlyMap<string, string>;
  readonly #directory: Directory;
  readonly #now: Date;
  readonly #asked = new Set<string>();

  constructor(options: {
    /** What earlier scans noted. */
    stored: ReadonlyMap<string, MissingPrincipal>;
    /** Groups above groups, as the last scan saw them. */
    formerParents: ReadonlyMap<string, string>;
    directory: Directory;
    now: Date;
  }) {
    this.#stored = options.stored;
    this.#formerParents = options.formerParents;
    this.#directory = options.directory;
    this.#now = options.now;
  }

  /** The moment a scan first missed the ref; this scan's where that is new. `undefined` for one that resolves. */
  since = (ref: string): Date | undefined => {
    if (this.#directory.get(ref)) {
      return undefined;
    }
    // What no column holds is no ref and never names anybody.
    if (columnText(ref, MAX_REF) !== ref) {
      return new Date(0);
    }
    this.#asked.add(ref);
    return this.#stored.get(ref)?.since ?? this.#now;
  };

  /** Refs that were asked for and resolve to nothing. */
  asked(): string[] {
    return [...this.#asked];
  }

  /** The group above a group that is gone, as far as it is remembered. */
  formerParent = (ref: string): string | undefined =>
    this.#stored.get(ref)?.parentRef ?? this.#formerParents.get(ref);

  /**
   * Groups that went since the last scan. To be noted where they are removed:
   * once they are, nobody else knows what was above them.
   */
  vanished(): Array<{ ref: string; parentRef: string }> {
    return [...this.#formerParents]
      .filter(([ref]) => !this.#stored.has(ref) && !this.#directory.get(ref))
      .map(([ref, parentRef]) => ({ ref, parentRef }));
  }

  /** What has to be noted and what forgotten, after every component was asked about. */
  changes(): {
    missing: Array<{ ref: string; parentRef?: string }>;
    back: string[];
  } {
    const noted = new Set([
      ...this.#stored.keys(),
      ...this.vanished().map(({ ref }) => ref),
    ]);
    return {
      missing: [...this.#asked]
        .filter(ref => !noted.has(ref))
        .map(ref => ({ ref, parentRef: this.formerParent(ref) })),
      back: [...noted].filter(ref => !this.#asked.has(ref)),
    };
  }
}
