import {
  findSloObject,
  type Problem,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Portal } from '../portal/Portal';
import type { LintResult } from './LintResult';
import type { LintProblem } from './LintProblem';

/**
 * References to what the portal does not know.
 *
 * @throws Error where the portal cannot be asked: then nothing is known of any of them
 * @internal
 */
export async function findUnknownReferences(options: {
  result: Pick<LintResult, 'references' | 'sloReferences'>;
  portal: Portal;
}): Promise<LintProblem[]> {
  const { result, portal } = options;
  const { references, sloReferences } = result;
  const missing = await portal.missingEntities([
    ...new Set(references.map(({ ref }) => ref)),
  ]);
  const slos = await portal.sloEntities(sloReferences.map(({ name }) => name));
  return [
    ...references
      .filter(({ ref }) => missing.has(ref))
      .map(({ ref, role, ...place }) =>
        unknown(
          place,
          `${ref} is not in the portal, but is named as ${role} here`,
        ),
      ),
    ...sloReferences
      .filter(
        ({ name }) => !findSloObject({ entities: slos, kind: 'SLO', name }),
      )
      .map(({ name, ...place }) =>
        unknown(
          place,
          `there is no SLO entity ${name} in these files or in the portal; expected the name of one of kind SLO, PrometheusServiceLevel or ServiceLevelObjective`,
        ),
      ),
  ];
}

function unknown(
  place: Omit<Problem, 'message'> & { file: string },
  message: string,
): LintProblem {
  return { ...place, rule: 'reference', severity: 'error', message };
}
