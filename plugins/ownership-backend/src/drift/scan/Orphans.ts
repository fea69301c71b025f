import type { Judgement } from './judgeComponents';

/**
 * The orphans of a scan. Who could take one over is known only when all
 * components are judged: until then their rows wait here.
 */
export class Orphans {
  readonly #maxKept: number;
  readonly #refs: string[] = [];
  readonly #recalled = new Set<string>();
  readonly #kept: Judgement[] = [];

  constructor(options: {
    /** Orphans of which the verdicts are kept; those of the others are made again. */
    maxKept: number;
  }) {
    this.#maxKept = options.maxKept;
  }

  get refs(): readonly string[] {
    return this.#refs;
  }

  /** Verdicts of some of those that were judged. */
  get kept(): readonly Judgement[] {
    return this.#kept;
  }

  add(judgement: Judgement): void {
    this.#refs.push(judgement.facts.entityRef);
    if (this.#kept.length < this.#maxKept) {
      this.#kept.push(judgement);
    }
  }

  /** Takes note of one on which the last verdict stands. */
  recall(entityRef: string): void {
    this.#refs.push(entityRef);
    this.#recalled.add(entityRef);
  }

  /** Takes note of those that another one judged. */
  takeOver(entityRefs: readonly string[]): void {
    this.#refs.push(...entityRefs);
  }

  /** Those that were judged and of which the verdict is not kept. */
  get forgotten(): string[] {
    const kept = new Set(this.#kept.map(({ facts }) => facts.entityRef));
    return this.#refs.filter(ref => !kept.has(ref) && !this.#recalled.has(ref));
  }

  /** Those on which the last verdict stands. */
  get recalled(): string[] {
    return [...this.#recalled];
  }
}
