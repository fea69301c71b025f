import { InputError } from '@backstage/errors';
import { parseFilterPredicate } from '@backstage/filter-predicates';
import type { FilterPredicate } from '@backstage/filter-predicates';

/** Longest predicate, in characters of JSON. */
const MAX_LENGTH = 10_000;

/**
 * Reads the predicate of a scope as somebody wrote it.
 *
 * @throws InputError that says what is accepted
 * @public
 */
export function readScopePredicate(value: unknown): FilterPredicate {
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
  try {
    return parseFilterPredicate(value);
  } catch (error) {
    throw new InputError(
      `${expected}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
