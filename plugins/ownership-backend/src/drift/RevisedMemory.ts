interface Remembered {
  revision: string;
  value: Promise<unknown>;
  weight: number;
}

/**
 * Remembers answers for as long as what they were read from is unchanged:
 * until the revision is another one.
 *
 * Law: the revision is read before the answer. An answer may then be newer
 * than its revision, and is not given again once somebody reads a later one;
 * it is never older. Each process remembers for itself: the revision is in the
 * database, so replicas need not tell each other anything.
 */
export class RevisedMemory {
  readonly #maxWeight: number;
  /** The one that was not asked for the longest comes first. */
  readonly #answers = new Map<string, Remembered>();
  #weight = 0;

  constructor(options: {
    /** Above this in total, what was not asked for the longest is forgotten. */
    maxWeight: number;
  }) {
    this.#maxWeight = options.maxWeight;
  }

  /** The answer to `key`, read anew if its revision is another one. */
  get<T>(options: {
    /** What is asked; keys of different answers differ. */
    key: string;
    revision: string;
    read: () => Promise<T>;
    /** How much of the memory the answer takes; 1 by default. */
    weightOf?: (value: T) => number;
  }): Promise<T> {
    const { key, revision, read, weightOf = () => 1 } = options;
    const known = this.#answers.get(key);
    this.#forget(key);
    if (known?.revision === revision) {
      this.#keep(key, known);
      return known.value as Promise<T>;
    }

    // Who asks the same meanwhile waits for the same answer.
    const value = read();
    const answer: Remembered = { revision, value, weight: 1 };
    this.#keep(key, answer);
    value.then(
      answered => {
        if (this.#answers.get(key) === answer) {
          this.#forget(key);
          this.#keep(key, { ...answer, weight: weightOf(answered) });
        }
      },
      () => {
        if (this.#answers.get(key) === answer) {
          this.#forget(key);
        }
      },
    );
    return value;
  }

  /**
   * What was last answered to `key`, which may no longer be so: good to choose
   * a way by, and for nothing that is shown.
   */
  lastKnown<T>(key: string): Promise<T> | undefined {
    return this.#answers.get(key)?.value as Promise<T> | undefined;
  }

  #keep(key: string, answer: Remembered): void {
    this.#answers.set(key, answer);
    this.#weight += answer.weight;
    for (const oldest of this.#answers.keys()) {
      if (this.#weight <= this.#maxWeight) {
        break;
      }
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const known = this.#answers.get(key);
    if (known) {
      this.#answers.delete(key);
      this.#weight -= known.weight;
    }
  }
}
