type Labels = Readonly<Record<string, string>>;

/** Labels that the tools tell their SLOs apart by. */
const IDENTITIES = ['sloth_id', 'slo'];
const MAX_LENGTH = 500;

/**
 * The value of the annotation `service-ownership.io/slo-selector` that selects
 * this SLO and no other one, with as few labels as that takes.
 *
 * @param options - `all`: the labels of every SLO, this one among them
 * @returns nothing where no selector can tell it from the others
 */
export function selectorOf(options: {
  labels: Labels;
  all: readonly Labels[];
}): string | undefined {
  const chosen: string[] = [];
  let selected = options.all;
  for (const [label, value] of pairsOf(options.labels)) {
    const rest = selected.filter(
      labels => Object.hasOwn(labels, label) && labels[label] === value,
    );
    if (
      IDENTITIES.includes(label) ||
      rest.length < selected.length ||
      selected.length === 1
    ) {
      chosen.push(`${label}=${value}`);
      selected = rest;
    }
    if (selected.length === 1 && chosen.length > 0) {
      const selector = chosen.join(',');
      return selector.length > MAX_LENGTH ? undefined : selector;
    }
  }
  return undefined;
}

/** What can be written in a selector; what names the SLO first. */
function pairsOf(labels: Labels): Array<[string, string]> {
  const rank = ([label]: [string, string]) =>
    (IDENTITIES.indexOf(label) + IDENTITIES.length + 1) %
    (IDENTITIES.length + 1);
  return Object.entries(labels)
    .filter(
      ([label, value]) =>
        /^[^,=\s]+$/.test(label) && /^[^\s,]([^,]*[^\s,])?$/.test(value),
    )
    .sort((a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1));
}
