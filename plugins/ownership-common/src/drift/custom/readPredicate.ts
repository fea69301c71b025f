import { parseFilterPredicate } from '@backstage/filter-predicates';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { closestWord } from '../../contract/closestWord';

const EXAMPLE = "{ kind: Component, 'spec.type': { $in: [service, website] } }";
const JOINING = ['$all', '$any', '$not'];
const COMPARING = ['$exists', '$in', '$contains', '$hasPrefix'];
const MAX_DEPTH = 20;

/**
 * Reads a Backstage filter predicate over entities. What the library accepts
 * and then never lets match (a bare word, a second operator beside the first)
 * is refused as well: it is a slip of the pen.
 *
 * @param options - `problems`: takes what is wrong, with its exact place below `path`.
 * @returns the predicate, or `undefined` where something is wrong with it.
 *
 * @internal
 */
export function readPredicate(options: {
  value: unknown;
  path: string;
  problems: string[];
}): FilterPredicate | undefined {
  const { value, path, problems } = options;
  const found: string[] = [];
  checkPredicate(value, path, found);
  if (found.length === 0) {
    try {
      return parseFilterPredicate(value);
    } catch (error) {
      found.push(
        `${path} must be a filter predicate such as ${EXAMPLE}: ${
          error instanceof Error ? error.message : error
        }`,
      );
    }
  }
  problems.push(...found);
  return undefined;
}

function checkPredicate(
  value: unknown,
  path: string,
  problems: string[],
  depth = 0,
): void {
  if (depth > MAX_DEPTH) {
    problems.push(`${path} is nested deeper than ${MAX_DEPTH} levels`);
    return;
  }
  if (!isRecord(value)) {
    problems.push(`${path} must be a filter predicate such as ${EXAMPLE}`);
    return;
  }
  const operators = Object.keys(value).filter(key => key.startsWith('$'));
  if (operators.length === 0) {
    for (const [key, test] of Object.entries(value)) {
      checkTest(test, `${path}[${JSON.stringify(key)}]`, problems, depth);
    }
    return;
  }
  if (Object.keys(value).length > 1) {
    problems.push(
      `${path} has ${operators[0]} beside something else; wrap both in $all`,
    );
    return;
  }
  const [operator] = operators;
  const place = `${path}.${operator}`;
  const operand = value[operator];
  if (operator === '$not') {
    checkPredicate(operand, place, problems, depth + 1);
  } else if (!JOINING.includes(operator)) {
    problems.push(`${place} ${notAccepted(operator, JOINING)}`);
  } else if (!Array.isArray(operand)) {
    problems.push(`${place} must be a list of filter predicates`);
  } else {
    operand.forEach((item, index) =>
      checkPredicate(item, `${place}[${index}]`, problems, depth + 1),
    );
  }
}

function checkTest(
  test: unknown,
  path: string,
  problems: string[],
  depth: number,
): void {
  if (isPrimitive(test)) {
    return;
  }
  if (!isRecord(test)) {
    problems.push(
      `${path} must be a text, a number, true, false or an object with one of ${COMPARING.join(
        ', ',
      )}`,
    );
    return;
  }
  const [operator, ...more] = Object.keys(test);
  if (operator === undefined || more.length > 0) {
    problems.push(
      `${path} must have exactly one operator of ${COMPARING.join(', ')}`,
    );
    return;
  }
  const operand = test[operator];
  const place = `${path}.${operator}`;
  switch (operator) {
    case '$exists':
      if (typeof operand !== 'boolean') {
        problems.push(`${place} must be true or false`);
      }
      break;
    case '$hasPrefix':
      if (typeof operand !== 'string') {
        problems.push(`${place} must be a text`);
      }
      break;
    case '$in':
      if (!Array.isArray(operand) || !operand.every(isPrimitive)) {
        problems.push(`${place} must be a list of texts, numbers or booleans`);
      }
      break;
    case '$contains':
      if (!isPrimitive(operand)) {
        checkPredicate(operand, place, problems, depth + 1);
      }
      break;
    default:
      problems.push(`${place} ${notAccepted(operator, COMPARING)}`);
  }
}

function notAccepted(operator: string, accepted: readonly string[]): string {
  const closest = closestWord({ word: operator, accepted });
  return `is not an operator here${
    closest
      ? `; did you mean ${closest}?`
      : `; accepted are ${accepted.join(', ')}`
  }`;
}

function isPrimitive(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
