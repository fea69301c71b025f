import type { Directory } from '@service-ownership/backstage-plugin-ownership-common';
import type { FormerPrincipal } from './formerPrincipals';
import type { MissingPrincipal } from './store/readMissing';
import { columnText } from '../drift/store/columnText';

const MAX_REF = 300;

/**
 * Since when refs that something names resolve to nothing. Remembers which
 * refs were asked for, so that the table keeps those and no others.
 */
export class MissingPrincipals {
  readonly #stored: ReadonlyMap<string, MissingPrincipal>;
  readonly #former: ReadonlyMap<string, FormerPrincipal>;
  readonly #directory: Directory;
  readonly #now: Date;
  readonly #asked = new Set<string>();

  constructor(options: {
    /** What earlier scans noted. */
    stored: ReadonlyMap<string, MissingPrincipal>;
    /** Groups and users that went since the last scan, and empty groups. */
    former: ReadonlyMap<string, FormerPrincipal>;
    directory: Directory;
    now: Date;
  }) {
    this.#stored = options.stored;
    this.#former = options.former;
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
    // What was above it is remembered as long as it is.
    this.#goneAbove(ref).forEach(above => this.#asked.add(above));
    return this.#stored.get(ref)?.since ?? this.#now;
  };

  /** Refs that were asked for and resolve to nothing. */
  asked(): string[] {
    return [...this.#asked];
  }

  /**
   * The closest group that is there above a group or a user that is gone, as far
   * as that is remembered.
   */
  formerParent = (ref: string): string | undefined => {
    const highest = this.#goneAbove(ref).at(-1) ?? ref;
    const parent = this.#formerly(highest)?.parentRef;
    return parent && this.#directory.get(parent)?.ref;
  };

  /** Who was on a group that is gone or empty, each with their other groups then. */
  formerMembers = (ref: string): ReadonlyMap<string, readonly string[]> =>
    new Map(Object.entries(this.#formerly(ref)?.members ?? {}));

  /**
   * Groups and users that went since the last scan. To be noted where they are
   * removed: once they are, nobody else knows what was around them.
   */
  vanished(): Array<{ ref: string } & FormerPrincipal> {
    return [...this.#former]
      .filter(([ref]) => !this.#stored.has(ref) && !this.#directory.get(ref))
      .map(([ref, former]) => ({ ref, ...former }));
  }

  #formerly(ref: string): FormerPrincipal | undefined {
    return this.#stored.get(ref) ?? this.#former.get(ref);
  }

  /** The groups above that are gone as well, from below. */
  #goneAbove(ref: string): string[] {
    const way = new Set([ref]);
    for (const below of way) {
      const parent = this.#formerly(below)?.parentRef;
      if (parent && !this.#directory.get(parent)) {
        way.add(parent);
      }
    }
    return [...way].slice(1);
  }

  /** What has to be noted and what forgotten, after every component was asked about. */
  changes(): {
    missing: Array<{ ref: string } & FormerPrincipal>;
    back: string[];
  } {
    const noted = new Set([
      ...this.#stored.keys(),
      ...this.vanished().map(({ ref }) => ref),
    ]);
    const remembered = [...noted].filter(ref => this.#isRemembered(ref));
    const kept = new Set([
      ...this.#asked,
      ...remembered,
      ...remembered.flatMap(ref => this.#goneAbove(ref)),
    ]);
    return {
      missing: [...this.#asked]
        .filter(ref => !noted.has(ref))
        .map(ref => ({ ref, ...this.#former.get(ref) })),
      back: [...noted].filter(ref => !kept.has(ref)),
    };
  }

  /** Who was on it says where the orphans that it had could go. */
  #isRemembered(ref: string): boolean {
    const hadOrphans = this.#stored.get(ref)?.hadOrphans ?? false;
    return hadOrphans && !this.#directory.get(ref);
  }
}
