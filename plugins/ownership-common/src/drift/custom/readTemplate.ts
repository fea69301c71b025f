import type { Entity } from '@backstage/catalog-model';
import { plainText } from '../plainText';
import { valueAt } from './valueAt';

const MAX_LENGTH = 1000;
const MAX_PLACEHOLDERS = 10;
const MAX_VALUE = 80;
const PLACEHOLDER = /\{\{(.*?)\}\}/gs;
const FIELD = /^(?:kind|apiVersion|(?:metadata|spec)(?:\.[\w@/-]+)+)$/;

/**
 * A sentence with places for values of the entity it is about.
 *
 * @internal
 */
export interface Template {
  /** The fields it names, each once. */
  fields: string[];
  /** The sentence about one entity. What an entity lacks reads "nothing". */
  render(entity: Entity): string;
}

/**
 * Reads a sentence such as `{{ metadata.name }} has no runbook`. Nothing but the
 * fields of an entity can be named: no expressions, no code.
 *
 * @param options - `problems`: takes what is wrong with it, after `path`.
 * @returns `undefined` where something is wrong.
 *
 * @internal
 */
export function readTemplate(options: {
  value: unknown;
  path: string;
  problems: string[];
}): Template | undefined {
  const { value, path, problems } = options;
  if (typeof value !== 'string' || value.trim() === '') {
    problems.push(
      `${path} must be a sentence such as "{{ metadata.name }} has no runbook"`,
    );
    return undefined;
  }
  if (value.length > MAX_LENGTH) {
    problems.push(`${path} must be at most ${MAX_LENGTH} characters long`);
    return undefined;
  }
  const fields = [...value.matchAll(PLACEHOLDER)].map(([, field]) =>
    field.trim(),
  );
  if (/\{\{|\}\}/.test(value.replace(PLACEHOLDER, ''))) {
    problems.push(
      `${path} has a {{ or a }} without its other half; write {{ metadata.name }}`,
    );
    return undefined;
  }
  if (fields.length > MAX_PLACEHOLDERS) {
    problems.push(`${path} names more than ${MAX_PLACEHOLDERS} fields`);
    return undefined;
  }
  const wrong = fields.find(field => !FIELD.test(field));
  if (wrong !== undefined) {
    problems.push(
      `${path}: {{ ${plainText(wrong, {
        max: 60,
      })} }} is no field of an entity; accepted are kind, apiVersion and paths below metadata and spec, such as {{ metadata.annotations.example.com/team }}`,
    );
    return undefined;
  }
  return {
    fields: [...new Set(fields)],
    render: entity =>
      value.replace(PLACEHOLDER, (_, field) =>
        describe(valueAt(entity, field.trim())),
      ),
  };
}

function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    return 'nothing';
  }
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) {
    return plainText(value.slice(0, 20).join(', '), { max: MAX_VALUE });
  }
  return plainText(
    typeof value === 'object'
      ? JSON.stringify(value).slice(0, MAX_VALUE * 8)
      : value,
    { max: MAX_VALUE },
  );
}
