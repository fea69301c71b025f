import type { Reference } from '../entity/entityReferences';
import type { LintSource } from './LintSource';

interface Place {
  file: string;
  line?: number;
  column?: number;
}

/**
 * A reference, with the place it is written at.
 *
 * @internal
 */
export type FoundReference = Reference & Place;

/**
 * An SLO that a contract refers to by name, with the place it does so at.
 *
 * @internal
 */
export type FoundSloReference = { path: string; name: string } & Place;

/**
 * What files refer to, with places, as far as somebody wants to know: to find
 * the places takes time.
 *
 * @internal
 */
export class ReferenceList {
  readonly #isWanted: boolean;
  readonly #references: FoundReference[] = [];
  readonly #slos: FoundSloReference[] = [];

  constructor(options: { isWanted: boolean }) {
    this.#isWanted = options.isWanted;
  }

  get references(): readonly FoundReference[] {
    return this.#references;
  }

  get slos(): readonly FoundSloReference[] {
    return this.#slos;
  }

  add(source: LintSource, references: readonly Reference[]): void {
    if (this.#isWanted) {
      this.#references.push(...placed(source, references));
    }
  }

  addSlos(
    source: LintSource,
    references: ReadonlyArray<{ path: string; name: string }>,
  ): void {
    if (this.#isWanted) {
      this.#slos.push(...placed(source, references));
    }
  }
}

function placed<T extends { path: string }>(
  { file, document }: LintSource,
  references: readonly T[],
): Array<T & Place> {
  return references.map(reference => {
    const { line, column } = document.locate({
      path: reference.path,
      message: '',
    });
    return { ...reference, file: file.name, line, column };
  });
}
