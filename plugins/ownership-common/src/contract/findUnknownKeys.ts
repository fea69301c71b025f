import { z } from 'zod';
import { closestWord } from './closestWord';
import { joinPath } from './inspectDocument';
import { isRecord } from './isRecord';
import { addProblem } from './limitProblems';
import type { Problem } from './types';

/** As much of a schema as tells known keys from others. */
type Shape = { keys: ReadonlyMap<string, Shape> } | { items: Shape } | 'any';

const shapes = new WeakMap<z.ZodType, Shape>();

/** Of one schema always the same: it is looked at once, and documents by the thousand. */
function shapeOf(schema: z.ZodType): Shape {
  const shape = shapes.get(schema) ?? readShape(schema);
  shapes.set(schema, shape);
  return shape;
}

function readShape(schema: z.ZodType): Shape {
  if (schema instanceof z.ZodOptional) {
    return shapeOf(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodArray) {
    return { items: shapeOf(schema.element as z.ZodType) };
  }
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries<z.ZodType>(schema.shape);
    return { keys: new Map(entries.map(([key, of]) => [key, shapeOf(of)])) };
  }
  return 'any';
}

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
  // The way to what is visited: few ever need it as a path.
  const way: Array<string | number> = [];

  function visitAt(key: string | number, shape: Shape, value: unknown): void {
    if (shape !== 'any') {
      way.push(key);
      visit(shape, value);
      way.pop();
    }
  }

  function visit(shape: Shape, value: unknown): void {
    if (shape === 'any') {
      return;
    }
    if ('items' in shape) {
      if (Array.isArray(value)) {
        value.forEach((item, index) => visitAt(index, shape.items, item));
      }
    } else if (isRecord(value)) {
      for (const key of Object.keys(value)) {
        const known = shape.keys.get(key);
        if (known) {
          visitAt(key, known, value[key]);
        } else {
          addProblem(problems, () => ({
            path: [...way, key].reduce<string>(joinPath, ''),
            message: unknownKeyMessage(key, [...shape.keys.keys()]),
          }));
        }
      }
    }
  }

  visit(shapeOf(options.schema), options.document);
  return problems;
}

function unknownKeyMessage(key: string, accepted: string[]): string {
  const meant = closestWord({ word: key, accepted });
  const name = `unknown key \`${key.slice(0, 100)}\`, which has no effect`;
  return meant
    ? `${name}; did you mean \`${meant}\`?`
    : `${name}; accepted are ${accepted.map(word => `\`${word}\``).join(', ')}`;
}
