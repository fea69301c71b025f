import { describeIssue } from './describeIssue';
import { findUnknownKeys } from './findUnknownKeys';
import { inspectDocument, joinPath } from './inspectDocument';
import { limitProblems } from './limitProblems';
import { ownershipContractSchema } from './schema';
import type { ContractReading } from './types';

/**
 * Checks a contract that was parsed already, for example one the catalog gave.
 * Lists all problems with their paths; refs and moments come back in canonical
 * form. Never throws.
 *
 * @public
 */
export function validateContract(options: {
  document: unknown;
}): ContractReading {
  const { document, errors: found } = inspectDocument(options);
  // What is wrong with the document as a whole leaves nothing to look at.
  if (found.some(({ path }) => path === '')) {
    return { errors: limitProblems(found), warnings: [] };
  }
  if (document === undefined || document === null) {
    return {
      errors: [{ path: '', message: 'is empty; expected a contract' }],
      warnings: [],
    };
  }
  const warnings = limitProblems(
    findUnknownKeys({ schema: ownershipContractSchema, document }),
  );
  const parsed = ownershipContractSchema.safeParse(document, {
    reportInput: true,
  });
  if (parsed.success && found.length === 0) {
    return { contract: parsed.data, errors: [], warnings };
  }
  const places = new Set(found.map(({ path }) => path));
  const more = (parsed.error?.issues ?? [])
    .map(issue => ({
      path: issue.path.reduce<string>(joinPath, ''),
      message: describeIssue(issue),
    }))
    .filter(({ path }) => !places.has(path));
  return { errors: limitProblems([...found, ...more]), warnings };
}
