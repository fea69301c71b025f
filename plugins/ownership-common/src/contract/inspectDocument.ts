import { hiddenCharacter } from './hiddenCharacter';
import { addProblem, limitProblems } from './limitProblems';
import type { Problem } from './types';

/** Largest nesting of a contract. */
const MAX_DEPTH = 40;
/** Most values in a contract, counted after aliases are expanded. */
const MAX_VALUES = 50_000;
/** Most characters of one key in a path. */
const MAX_KEY = 100;
/** Most characters of all texts together. */
const MAX_CHARACTERS = 2 * 1024 * 1024;

/**
 * Makes plain data of whatever a parser gave: dates become ISO text, and what
 * no contract can hold (hidden characters, cycles, functions, too much of
 * anything) is reported, up to a hundred times. Nothing of the input is kept.
 * Never throws.
 *
 * @public
 */
export function inspectDocument(options: { document: unknown }): {
  document: unknown;
  errors: Problem[];
} {
  const errors: Problem[] = [];
  const open = new Set<object>();
  // The way to what is visited: few ever need it as a path.
  const way: Array<string | number> = [];
  let values = 0;
  let characters = 0;

  function report(message: string): undefined {
    addProblem(errors, () => ({
      path: way.reduce<string>(joinPath, ''),
      message,
    }));
    return undefined;
  }

  function visitText(text: string): string {
    characters += text.length;
    const hidden = hiddenCharacter(text);
    if (hidden) {
      report(`contains the hidden character ${hidden}; remove it`);
    }
    return text;
  }

  function visit(value: unknown): unknown {
    values += 1;
    if (values > MAX_VALUES || characters > MAX_CHARACTERS) {
      return undefined;
    }
    if (typeof value === 'string') {
      return visitText(value);
    }
    if (value === null || typeof value === 'boolean') {
      return value;
    }
    if (typeof value === 'number') {
      return Number.isFinite(value)
        ? value
        : report('expected a finite number');
    }
    if (value instanceof Date) {
      return isoText(value) ?? report('is not a date that exists');
    }
    if (typeof value !== 'object') {
      return value === undefined
        ? undefined
        : report(`expected plain data, found a ${typeof value}`);
    }
    if (open.has(value)) {
      return report('refers to itself; a contract cannot be circular');
    }
    if (open.size >= MAX_DEPTH) {
      return report(`is nested more than ${MAX_DEPTH} levels deep`);
    }
    open.add(value);
    const copy = Array.isArray(value) ? visitItems(value) : visitEntries(value);
    open.delete(value);
    return copy;
  }

  function visitItems(items: unknown[]): unknown[] {
    return items.map((item, index) => {
      way.push(index);
      const copy = visit(item);
      way.pop();
      return copy;
    });
  }

  function visitEntries(value: object): Record<string, unknown> {
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__') {
        report('has a key `__proto__`, which is not accepted');
        continue;
      }
      way.push(key);
      visitText(key);
      copy[key] = visit(item);
      way.pop();
    }
    return copy;
  }

  const document = visit(options.document);
  if (values > MAX_VALUES || characters > MAX_CHARACTERS) {
    errors.unshift({
      path: '',
      message: `is too large: a contract holds at most ${MAX_VALUES.toLocaleString(
        'en-US',
      )} values and 2 MiB of text once its aliases are expanded`,
    });
  }
  return { document, errors: limitProblems(errors) };
}

function isoText(date: Date): string | undefined {
  if (Number.isNaN(date.getTime())) {
    return undefined;
  }
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

/**
 * Appends one key or index to a JSON path: `runbooks[0].url`. Of a long key its
 * beginning.
 *
 * @internal
 */
export function joinPath(path: string, key: PropertyKey): string {
  if (typeof key === 'number') {
    return `${path}[${key}]`;
  }
  const name = String(key).slice(0, MAX_KEY);
  if (!/^[\w$-]+$/.test(name)) {
    return `${path}[${JSON.stringify(name)}]`;
  }
  return path === '' ? name : `${path}.${name}`;
}
