import { parseFilterPredicate } from '@backstage/filter-predicates';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { closestWord } from '../../contract/closestWord';
import { isRecord } from '../../contract/isRecord';

const EXAMPLE = "{ kind: Component, 'spec.type': { $in: [service, website] } }";
const JOINING = ['$all', '$any', '$not'];
const COMPARING = ['$exists', '$in', '$contains', '$hasPrefix'];
const MAX_DEPTH = 20;
/** PostgreSQL has no such text, and would refuse the question. */
const NUL = 'has a NUL character, which no entity has';
/** What is read of an entity. Its relations are a list, and have no fields. */
const FIELD =
  /^(?:kind|apiVersion|metadata|spec|status|relations|(?:metadata|spec|status)\..+)$/;

/**
 * Reads a Backstage filter predicate over entities. What the library accepts
 * and then never lets match (a bare word, a second operator beside the first, a
 * field that no entity has) is refused as well: it is a slip of the pen.
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
  checkPredicate({ value, path, problems: found, depth: 0 });
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

interface Part {
  value: unknown;
  path: string;
  problems: string[];
  depth: number;
  /** Of an item of a list, which may have any field; of the entity without. */
  ofItem?: boolean;
}

function checkPredicate(part: Part): void {
  const { value, path, problems, depth } = part;
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
      const place = `${path}[${JSON.stringify(key)}]`;
      if (hasNul(key)) {
        problems.push(`${place} ${NUL}`);
      } else if (part.ofItem || FIELD.test(key)) {
        checkTest({ ...part, value: test, path: place });
      } else {
        problems.push(`${place} ${noField(key)}`);
      }
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
    checkPredicate({ ...part, value: operand, path: place, depth: depth + 1 });
  } else if (!JOINING.includes(operator)) {
    problems.push(`${place} ${notAccepted(operator, JOINING)}`);
  } else if (!Array.isArray(operand) || operand.length === 0) {
    problems.push(`${place} must be a list of one or more filter predicates`);
  } else {
    operand.forEach((item, index) =>
      checkPredicate({
        ...part,
        value: item,
        path: `${place}[${index}]`,
        depth: depth + 1,
      }),
    );
  }
}

function checkTest(part: Part): void {
  const { value: test, path, problems, depth } = part;
  const compared = isRecord(test) ? Object.values(test).flat() : [test];
  if (compared.some(hasNul)) {
    problems.push(`${path} ${NUL}`);
    return;
  }
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
      if (
        !Array.isArray(operand) ||
        operand.length === 0 ||
        !operand.every(isPrimitive)
      ) {
        problems.push(
          `${place} must be a list of one or more texts, numbers or booleans`,
        );
      }
      break;
    case '$contains':
      if (!isPrimitive(operand)) {
        checkPredicate({
          ...part,
          value: operand,
          path: place,
          depth: depth + 1,
          ofItem: true,
        });
      }
      break;
    default:
      problems.push(`${place} ${notAccepted(operator, COMPARING)}`);
  }
}

function hasNul(text: unknown): boolean {
  return typeof text === 'string' && text.includes('\0');
}

function noField(key: string): string {
  return key.startsWith('relations.')
    ? 'never matches, relations are a list; write relations: { $contains: { type: ownedBy } }'
    : 'is no field of an entity; accepted are kind, apiVersion, relations and paths below metadata, spec and status';
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
