import type { z } from 'zod';
import { closestWord } from './closestWord';

const TYPE_NAMES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/**
 * What is wrong and what is accepted, in words, for one issue zod found.
 *
 * @internal
 */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`
        : `expected ${
            TYPE_NAMES[issue.expected] ?? issue.expected
          }, found ${nameOf(issue.input)}`;
    case 'invalid_value': {
      const accepted = issue.values.map(String);
      const list = accepted.map(value => `\`${value}\``).join(', ');
      if (issue.input === undefined) {
        return `is missing; accepted are ${list}`;
      }
      const meant =
        typeof issue.input === 'string'
          ? closestWord({ word: issue.input, accepted })
          : undefined;
      return `${nameOf(issue.input)} is not accepted; ${
        meant ? `did you mean \`${meant}\`? Accepted are` : 'accepted are'
      } ${list}`;
    }
    case 'too_big':
      return issue.origin === 'number'
        ? `is too large: at most ${issue.maximum}`
        : `is too long: at most ${issue.maximum} ${unitOf(issue.origin)}`;
    case 'too_small':
      if (issue.origin === 'number') {
        return `is too small: at least ${issue.minimum}`;
      }
      return Number(issue.minimum) === 1
        ? 'is empty'
        : `is too short: at least ${issue.minimum} ${unitOf(issue.origin)}`;
    case 'invalid_format':
    case 'custom':
      return issue.input === undefined || typeof issue.input === 'object'
        ? issue.message
        : `${issue.message}, found ${nameOf(issue.input)}`;
    case 'invalid_key':
      return 'has a key that is empty or too long: 1 to 100 characters';
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  return origin === 'string' ? 'characters' : 'entries';
}

function nameOf(value: unknown): string {
  if (value === null) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return value.length > 80 ? `\`${value.slice(0, 79)}…\`` : `\`${value}\``;
    default:
      return `${typeof value === 'number' ? 'the number ' : ''}\`${value}\``;
  }
}
