import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';

/** Components and places that are named, of however many there are. */
const SHOWN = 3;

/**
 * A contract, the components it speaks for and the place it stands at.
 *
 * @internal
 */
export interface PlacedContract {
  subjects: string[];
  file: string;
  line?: number;
  column?: number;
  path: string;
}

/**
 * Two contracts for one component are a mistake: which one holds would be a
 * guess. Each of them is told where the others are.
 *
 * @internal
 */
export function duplicateContracts(
  contracts: readonly PlacedContract[],
): Array<{ file: string; problem: Problem }> {
  const bySubject = new Map<string, PlacedContract[]>();
  for (const contract of contracts) {
    for (const subject of contract.subjects) {
      const known = bySubject.get(subject);
      if (known) {
        known.push(contract);
      } else {
        bySubject.set(subject, [contract]);
      }
    }
  }
  return contracts.flatMap(contract => {
    const { file, line, column, path } = contract;
    const subjects: string[] = [];
    const others = new Set<PlacedContract>();
    for (const subject of contract.subjects) {
      const all = bySubject.get(subject) ?? [];
      if (all.length > 1) {
        subjects.push(subject);
        // Enough to show some and to know that there are more.
        all.slice(0, SHOWN + 2).forEach(other => others.add(other));
      }
    }
    others.delete(contract);
    return subjects.length === 0
      ? []
      : [
          {
            file,
            problem: {
              path,
              line,
              column,
              message: `is a second contract of ${listed(subjects)}; ${
                others.size === 1 ? 'another is' : 'others are'
              } in ${listed([...others].map(placeOf))}. A component has one`,
            },
          },
        ];
  });
}

function listed(words: string[]): string {
  return [
    ...words.slice(0, SHOWN),
    ...(words.length > SHOWN ? ['more'] : []),
  ].join(' and ');
}

function placeOf({ file, line }: { file: string; line?: number }): string {
  return line === undefined ? file : `${file}:${line}`;
}
