import { readContractMarker } from './contractMarker';
import type { ContractSource, ContractState, Problem } from './types';
import { validateContract } from './validateContract';

/**
 * What is known of the contract of one component, from all the places it was
 * found in.
 *
 * `unreadable` is for a caller that could not look everywhere; the reason is
 * given in words. Two contracts are a duplicate however similar they are: no
 * one of them is picked.
 *
 * @public
 */
export function resolveContractState(options: {
  sources: ContractSource[];
  unreadable?: string;
}): ContractState {
  const sources = options.sources.map(({ form, entityRef }) => ({
    form,
    entityRef,
  }));
  const state = { sources, warnings: [] as Problem[] };

  if (options.sources.length > 1) {
    const places = sources
      .map(({ form, entityRef }) => `${entityRef} (${form})`)
      .join(', ');
    return {
      ...state,
      status: 'duplicate',
      errors: [
        {
          path: '',
          message: `there are ${sources.length} contracts, so none is used: ${places}. Keep one`,
        },
      ],
    };
  }
  if (options.unreadable !== undefined) {
    return {
      ...state,
      status: 'unreadable',
      errors: [{ path: '', message: options.unreadable }],
    };
  }
  const [source] = options.sources;
  if (!source) {
    return { ...state, status: 'missing', errors: [] };
  }
  const marker = readContractMarker(source.document);
  if (marker) {
    return {
      ...state,
      status: marker.kind === 'unreachable' ? 'unreadable' : 'invalid',
      errors: marker.problems ?? [{ path: '', message: marker.message }],
    };
  }
  const { contract, errors, warnings } = validateContract(source);
  return contract
    ? { sources, status: 'valid', contract, errors, warnings }
    : { sources, status: 'invalid', errors, warnings };
}
