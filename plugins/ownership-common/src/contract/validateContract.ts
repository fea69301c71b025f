import { describeIssue } from './describeIssue';
import { findUnknownKeys } from './findUnknownKeys';
import { inspectDocument, joinPath } from './inspectDocument';
import { ownershipContractSchema } from './schema';
import type { ContractReading, Problem } from './types';

/** More would help nobody and would be a burden to keep. */
const MAX_PROBLEMS = 100;

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
    return { errors: limited(found), warnings: [] };
  }
  if (document === undefined || document === null) {
    return {
      errors: [{ path: '', message: 'is empty; expected a contract' }],
      warnings: [],
    };
  }
  const warnings = limited(
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
  return { errors: limited([...found, ...more]), warnings };
}

function limited(problems: Problem[]): Problem[] {
  if (problems.length <= MAX_PROBLEMS) {
    return problems;
  }
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    {
      path: '',
      message: `and ${problems.length - MAX_PROBLEMS} more problems`,
    },
  ];
}
