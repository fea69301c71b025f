import { InputError } from '@backstage/errors';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { readYaml } from '../contract/readYaml';
import { readPredicate } from '../drift/custom/readPredicate';

/** Longest predicate, in characters of JSON. */
const MAX_LENGTH = 10_000;

/**
 * Reads the predicate of a scope as somebody wrote it: as data, or as a text
 * of YAML or JSON.
 *
 * @throws InputError that says what is accepted
 * @public
 */
export function readScopePredicate(written: unknown): FilterPredicate {
  const value = typeof written === 'string' ? readText(written) : written;
  const expected = `scope.predicate: expected a filter predicate such as { "kind": "Component", "spec.type": "service" }`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(expected);
  }
  const { length } = JSON.stringify(value);
  if (length > MAX_LENGTH) {
    throw new InputError(
      `scope.predicate: it has ${length} characters, at most ${MAX_LENGTH} are accepted`,
    );
  }
  const problems: string[] = [];
  const predicate = readPredicate({ value, path: 'scope.predicate', problems });
  if (!predicate) {
    throw new InputError(problems.join('; '));
  }
  return predicate;
}

function readText(text: string): unknown {
  const { documents, errors } = readYaml({ text: text.slice(0, 100_000) });
  const [problem] = errors;
  if (problem) {
    const where = problem.line ? ` (line ${problem.line})` : '';
    throw new InputError(`scope.predicate${where}: ${problem.message}`);
  }
  return documents.length === 1 ? documents[0].value : undefined;
}
