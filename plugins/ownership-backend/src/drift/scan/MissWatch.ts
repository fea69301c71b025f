import type { MissingPrincipals } from '../../directory/MissingPrincipals';

const NONE: ReadonlyMap<string, Date> = new Map();

/** Passes on since when principals are missing, and remembers which are. */
export class MissWatch {
  #missed?: Map<string, Date>;
  readonly #missing: MissingPrincipals;

  constructor(missing: MissingPrincipals) {
    this.#missing = missing;
  }

  /** Those that were asked for and resolve to nothing, with since when. */
  get missed(): ReadonlyMap<string, Date> {
    return this.#missed ?? NONE;
  }

  since = (ref: string): Date | undefined => {
    const since = this.#missing.since(ref);
    if (since) {
      this.#missed ??= new Map();
      this.#missed.set(ref, since);
    }
    return since;
  };
}
