/**
 * What of a contract says which costs are a component's.
 *
 * @public
 */
export interface CostTerms {
  /** Canonical ref of the component. */
  entityRef: string;
  /** Tags that a charge must all have. */
  tags?: Readonly<Record<string, string>>;
  /** Where it is booked: stands where no tags say it more exactly. */
  costCenter?: string;
}

/**
 * Whose a charge is: one component's, or that of several which fit alike.
 *
 * @public
 */
export type CostMatch = { entityRef: string } | { ambiguous: string[] };

/**
 * Finds the component a charge belongs to, in the time of its tags.
 *
 * Laws: a charge belongs to one component or to none; it is never divided. All
 * tags of a component have to fit, and the one with most tags wins over its
 * cost center and over others. Where two fit alike, nobody gets it.
 *
 * @public
 */
export class CostTagIndex {
  readonly #byTag = new Map<string, CostTerms[]>();
  readonly #byCenter = new Map<string, string[]>();
  readonly #centerTags: readonly string[];

  constructor(options: {
    terms: readonly CostTerms[];
    /** Names of the tag in which charges carry their cost center. */
    centerTags: readonly string[];
  }) {
    this.#centerTags = options.centerTags;
    for (const terms of options.terms) {
      const [first] = Object.entries(terms.tags ?? {});
      if (first) {
        push(this.#byTag, keyOf(...first), terms);
      }
      if (terms.costCenter) {
        push(this.#byCenter, terms.costCenter, terms.entityRef);
      }
    }
  }

  /** The component of a charge; `undefined` where nothing fits. */
  find(tags: Readonly<Record<string, string>>): CostMatch | undefined {
    let best: string[] = [];
    let most = 0;
    for (const [name, value] of Object.entries(tags)) {
      for (const terms of this.#byTag.get(keyOf(plain(name), value)) ?? []) {
        const wanted = Object.entries(terms.tags ?? {});
        if (
          wanted.length < most ||
          !wanted.every(([key, text]) => hasTag(tags, key, text))
        ) {
          continue;
        }
        best = wanted.length > most ? [] : best;
        most = wanted.length;
        if (!best.includes(terms.entityRef)) {
          best.push(terms.entityRef);
        }
      }
    }
    if (best.length === 0) {
      const center = this.#centerTags.find(name => tagOf(tags, name));
      best = center ? this.#byCenter.get(tagOf(tags, center)!) ?? [] : [];
    }
    if (best.length === 0) {
      return undefined;
    }
    return best.length === 1
      ? { entityRef: best[0] }
      : { ambiguous: [...best].sort() };
  }
}

// FOCUS lets providers mark the tags of users: `user:service`, `user/service`.
function plain(name: string): string {
  return name.replace(/^user[:/]/, '');
}

function tagOf(tags: Readonly<Record<string, string>>, name: string) {
  return tags[name] ?? tags[`user:${name}`] ?? tags[`user/${name}`];
}

function hasTag(
  tags: Readonly<Record<string, string>>,
  name: string,
  value: string,
): boolean {
  return tagOf(tags, name) === value;
}

function keyOf(name: string, value: string): string {
  return `${name}\n${value}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}
