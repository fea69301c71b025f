import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';

/**
 * Two contracts for one component are a mistake: which one holds would be a
 * guess. Each of them is told where the others are.
 *
 * @internal
 */
export function duplicateContracts(
  contracts: ReadonlyArray<{
    subjects: string[];
    file: string;
    line?: number;
    column?: number;
    path: string;
  }>,
): Array<{ file: string; problem: Problem }> {
  const bySubject = new Map<string, Array<(typeof contracts)[number]>>();
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
  return [...bySubject].flatMap(([subject, all]) =>
    all.length < 2
      ? []
      : all.map(contract => ({
          file: contract.file,
          problem: {
            path: contract.path,
            line: contract.line,
            column: contract.column,
            message: `is a second contract of ${subject}; another is in ${placesOf(
              all.filter(other => other !== contract),
            )}. A component has one`,
          },
        })),
  );
}

function placesOf(contracts: Array<{ file: string; line?: number }>): string {
  const places = contracts
    .slice(0, 3)
    .map(({ file, line }) => (line === undefined ? file : `${file}:${line}`));
  const more = contracts.length - places.length;
  return `${places.join(' and ')}${more > 0 ? ` and ${more} more` : ''}`;
}
