import type { InitiativeEntityState, InitiativeFigures } from './schema';

/**
 * Adds up how components stand.
 *
 * Law: the share is met over met, missing and unknown. What is excused or not
 * asked is shown beside it; what is unknown is never a pass.
 *
 * @param byState - number of components by state; what is left out is 0
 * @public
 */
export function initiativeFigures(
  byState: Partial<Record<InitiativeEntityState, number>>,
): InitiativeFigures {
  const { met = 0, missing = 0, unknown = 0, exempt = 0 } = byState;
  const notAsked = byState['not-asked'] ?? 0;
  const counted = met + missing + unknown;
  return {
    inScope: counted + exempt + notAsked,
    met,
    missing,
    unknown,
    exempt,
    notAsked,
    counted,
    share: counted > 0 ? met / counted : undefined,
    coverage: counted > 0 ? (met + missing) / counted : 0,
  };
}
