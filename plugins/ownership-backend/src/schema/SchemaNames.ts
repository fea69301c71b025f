import * as common from '@service-ownership/backstage-plugin-ownership-common';
import { z } from 'zod';

type JsonSchema = Record<string, unknown>;

/**
 * Writes zod schemas as JSON Schema for OpenAPI. A schema that ownership-common
 * exports under a name (`findingSchema`) is written once, under that name
 * (`Finding`), and referred to wherever it is used.
 */
export class SchemaNames {
  readonly #registry = z.registry<{ id?: string; description?: string }>();
  readonly #used = new Map<string, JsonSchema>();

  constructor() {
    for (const [name, schema] of Object.entries(common)) {
      // Scalars are short enough to stand where they are used.
      if (schema instanceof z.ZodObject || schema instanceof z.ZodUnion) {
        this.#registry.add(schema, {
          ...z.globalRegistry.get(schema),
          id: titleOf(name),
        });
      }
    }
  }

  /**
   * One schema; what it refers to is kept for `schemas`.
   *
   * @param io - what is sent (`input`) and what is answered (`output`) differ
   * where a schema has defaults or converts
   */
  toSchema(
    schema: z.ZodType,
    io: 'input' | 'output',
    options?: {
      /** True for a place that cannot refer: a parameter. */
      inline?: boolean;
    },
  ): JsonSchema {
    const written = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      ...(!options?.inline && { metadata: this.#registry }),
    }) as JsonSchema;
    const { $schema, $defs, id, ...rest } = rename(written, io) as JsonSchema;
    for (const [name, definition] of Object.entries($defs ?? {})) {
      this.#keep(refName(name, io), definition as JsonSchema);
    }
    if (typeof id !== 'string') {
      return rest;
    }
    this.#keep(refName(id, io), rest);
    return { $ref: refTo(refName(id, io)) };
  }

  /** Everything that was referred to, by name. */
  schemas(): Record<string, JsonSchema> {
    return Object.fromEntries(
      [...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  #keep(name: string, { id, ...definition }: JsonSchema): void {
    this.#used.set(name, definition);
  }
}

/** `findingSchema` as `Finding`. */
function titleOf(name: string): string {
  const word = name.replace(/Schema$/, '');
  return word[0].toUpperCase() + word.slice(1);
}

function refName(name: string, io: 'input' | 'output'): string {
  return io === 'input' ? `${name}Input` : name;
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** References to `$defs` of the same schema, as references to components. */
function rename(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) {
    return value.map(one => rename(one, io));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) =>
      key === '$ref' && typeof one === 'string'
        ? [key, refTo(refName(one.replace('#/$defs/', ''), io))]
        : [key, rename(one, io)],
    ),
  );
}
