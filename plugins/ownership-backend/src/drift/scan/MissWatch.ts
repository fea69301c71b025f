import type { MissingPrincipals } from '../../directory/MissingPrincipals';

/** Passes on since when principals are missing, and remembers whether one is. */
export class MissWatch {
  missed = false;
  readonly #missing: MissingPrincipals;

  constructor(missing: MissingPrincipals) {
    this.#missing = missing;
  }

  since = (ref: string): Date | undefined => {
    const since = this.#missing.since(ref);
    this.missed ||= since !== undefined;
    return since;
  };
}
