import type { SloDefinition } from './types';

/**
 * Length of a slice in seconds; `undefined` for Occurrences.
 *
 * @public
 */
export function sliceLength(definition: SloDefinition): number | undefined {
  return definition.budgetingMethod === 'Occurrences'
    ? undefined
    : definition.timeSliceSeconds ?? 300;
}
