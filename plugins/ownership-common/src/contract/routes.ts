import { z } from 'zod';
import type { ApiRoutes } from '../api';
import { contractValidationSchema, effectiveContractSchema } from './schema';

/**
 * The calls of contracts.
 *
 * @public
 */
export const contractRoutes = {
  getContract: {
    method: 'get',
    path: '/entities/:kind/:namespace/:name/contract',
    summary: 'The effective contract with the provenance of each field',
    response: effectiveContractSchema,
  },
  validateContract: {
    method: 'post',
    path: '/contracts/validate',
    summary: 'Lint a contract, with line and column of each problem',
    body: z.object({
      /** YAML or JSON text of a contract, or of an entity that carries one. */
      document: z.string().max(1_048_576),
    }),
    response: contractValidationSchema,
  },
} as const satisfies ApiRoutes;
