import type { Entity } from '@backstage/catalog-model';
import {
  validateContract,
  type OwnershipContract,
  type Problem,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { FileScope } from '../entity/FileScope';
import { isAtOrBelow } from '../entity/pathOf';
import type { LintProblem } from '../lint/LintProblem';
import { lintSlos } from '../slo/lintSlos';
import { expandContract, type ContractPart } from './expandContract';

/**
 * Something wrong with a contract.
 *
 * @internal
 */
export interface ContractProblem
  extends Pick<LintProblem, 'rule' | 'severity'> {
  /** Its path begins at the contract. */
  problem: Problem;
  /** The file it is in, where that is not the one the contract begins in; then line and column are there. */
  part?: ContractPart;
}

/**
 * Checks a contract with all its files and SLOs.
 *
 * @param options.path - of the file it begins in
 * @param options.sloParts - OpenSLO objects that its SLOs may refer to
 * @returns the contract too, where it can be used
 *
 * @internal
 */
export function checkContract(options: {
  contract: unknown;
  path: string;
  scope: FileScope;
  sloParts: Entity[];
}): {
  contract?: OwnershipContract;
  problems: ContractProblem[];
  /** How many SLOs it has. */
  slos: number;
} {
  const expanded = expandContract({ ...options, value: options.contract });
  const { contract, errors, warnings } = validateContract({
    document: expanded.value,
  });
  const slos = lintSlos({
    items: contract?.slos ?? [],
    pathOf: index => `slos[${index}]`,
    parts: options.sloParts,
  });
  const placed = (
    rule: LintProblem['rule'],
    severity: LintProblem['severity'],
    problems: readonly Problem[],
  ) =>
    problems
      .filter(
        ({ path }) => !expanded.unknown.some(known => isAtOrBelow(path, known)),
      )
      .map((problem): ContractProblem => {
        const part = expanded.parts.findLast(({ path }) =>
          isAtOrBelow(problem.path, path),
        );
        if (!part) {
          return { rule, severity, problem };
        }
        const inPart = problem.path.slice(part.path.length);
        const { line, column } = part.document.locate({
          path: inPart,
          message: '',
        });
        return { rule, severity, part, problem: { ...problem, line, column } };
      });
  return {
    contract,
    slos: slos.slos.length,
    problems: [
      ...expanded.problems.map(
        (problem): ContractProblem => ({
          rule: 'file',
          severity: 'error',
          problem,
        }),
      ),
      ...placed('contract', 'error', errors),
      ...placed('contract', 'warning', warnings),
      ...placed('slo', 'error', slos.errors),
      ...placed('slo', 'warning', slos.warnings),
    ],
  };
}
