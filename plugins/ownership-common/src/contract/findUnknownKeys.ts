import { z } from 'zod';
import { closestWord } from './closestWord';
import { joinPath } from './inspectDocument';
import type { Problem } from './types';

/**
 * Keys of a document that its schema does not know, each with what was
 * probably meant. They are ignored by every reader, hence a warning: what was
 * written there has no effect.
 *
 * @internal
 */
export function findUnknownKeys(options: {
  schema: z.ZodType;
  document: unknown;
}): Problem[] {
  const problems: Problem[] = [];

  function visit(schema: z.ZodType, value: unknown, path: string): void {
    if (schema instanceof z.ZodOptional) {
      visit(schema.unwrap() as z.ZodType, value, path);
    } else if (schema instanceof z.ZodArray && Array.isArray(value)) {
      value.forEach((item, index) =>
        visit(schema.element as z.ZodType, item, joinPath(path, index)),
      );
    } else if (schema instanceof z.ZodObject && isRecord(value)) {
      const shape: Record<string, z.ZodType> = schema.shape;
      for (const [key, item] of Object.entries(value)) {
        if (Object.hasOwn(shape, key)) {
          visit(shape[key], item, joinPath(path, key));
        } else {
          problems.push({
            path: joinPath(path, key),
            message: unknownKeyMessage(key, Object.keys(shape)),
          });
        }
      }
    }
  }

  visit(options.schema, options.document, '');
  return problems;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownKeyMessage(key: string, accepted: string[]): string {
  const meant = closestWord({ word: key, accepted });
  const name = `unknown key \`${key.slice(0, 100)}\`, which has no effect`;
  return meant
    ? `${name}; did you mean \`${meant}\`?`
    : `${name}; accepted are ${accepted.map(word => `\`${word}\``).join(', ')}`;
}
