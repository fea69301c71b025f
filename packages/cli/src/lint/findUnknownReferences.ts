import type { Portal } from '../portal/Portal';
import type { FoundReference } from './Linting';
import type { LintProblem } from './LintProblem';

/**
 * References to what the portal does not know.
 *
 * @throws Error where the portal cannot be asked: then nothing is known of any of them
 * @internal
 */
export async function findUnknownReferences(options: {
  references: readonly FoundReference[];
  portal: Portal;
}): Promise<LintProblem[]> {
  const { references, portal } = options;
  const missing = await portal.missingEntities([
    ...new Set(references.map(({ ref }) => ref)),
  ]);
  return references
    .filter(({ ref }) => missing.has(ref))
    .map(({ file, path, line, column, ref, role }) => ({
      file,
      path,
      line,
      column,
      rule: 'reference',
      severity: 'error',
      message: `${ref} is not in the portal, but is named as ${role} here`,
    }));
}
