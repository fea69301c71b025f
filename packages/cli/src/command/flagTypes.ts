import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { UsageError } from './UsageError';

/**
 * A flag that takes one of some words.
 *
 * @throws UsageError that lists the words
 * @internal
 */
export function oneOf<Word extends string>(
  flag: string,
  words: readonly Word[],
): (value: string) => Word {
  return value => {
    const word = words.find(known => known === value);
    if (word === undefined) {
      throw new UsageError(
        value === ''
          ? `${flag} needs a value: ${words.join(', ')}`
          : `${flag} is one of ${words.join(', ')}, not ${JSON.stringify(
              value,
            )}`,
      );
    }
    return word;
  };
}

/**
 * A flag that takes text, which may not be empty.
 *
 * @throws UsageError
 * @internal
 */
export function text(flag: string): (value: string) => string {
  return value => {
    if (value === '') {
      throw new UsageError(`${flag} needs a value`);
    }
    return value;
  };
}

/**
 * A flag that takes a whole number, 0 or more.
 *
 * @throws UsageError
 * @internal
 */
export function count(flag: string): (value: string) => number {
  return value => {
    if (!/^\d{1,9}$/.test(value)) {
      throw new UsageError(
        `${flag} is a whole number, not ${JSON.stringify(value)}`,
      );
    }
    return Number(value);
  };
}

/**
 * A flag that takes a moment.
 *
 * @throws UsageError
 * @internal
 */
export function moment(flag: string): (value: string) => Date {
  return value => {
    const date = new Date(value);
    if (
      !/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(value) ||
      Number.isNaN(date.getTime()) ||
      !isDay(value.slice(0, 10))
    ) {
      throw new UsageError(
        `${flag} is a moment such as 2026-11-21T08:00:00Z, not ${JSON.stringify(
          value,
        )}`,
      );
    }
    return date;
  };
}

/**
 * A flag that takes a reference to a team: `payments`, `group:default/payments`.
 *
 * @returns the whole reference
 * @throws UsageError
 * @internal
 */
export function teamRef(flag: string): (value: string) => string {
  return value => {
    try {
      return stringifyEntityRef(
        parseEntityRef(value, { defaultKind: 'group' }),
      );
    } catch {
      throw new UsageError(
        `${flag} is a reference such as group:default/payments, not ${JSON.stringify(
          value,
        )}`,
      );
    }
  };
}

/** Whether the calendar has a day: Date reads 30 February as 2 March. */
function isDay(day: string): boolean {
  return new Date(day).toISOString().startsWith(day);
}
