import { z } from 'zod';
import { ownershipContractSchema } from './schema';

/** Where the published schemas are found by editors. */
const HOME =
  'https://raw.githubusercontent.com/service-ownership/backstage-plugins/main/plugins/ownership-common/schema';

/**
 * A JSON Schema, as far as it is used here.
 *
 * @public
 */
export interface JsonSchema {
  /** `object`, `array`, `string`, `number` or `boolean`. */
  type?: string;
  /** What editors show on hover. */
  description?: string;
  /** What stands at each key of an object. */
  properties?: Record<string, JsonSchema>;
  /** What other keys hold; false where there are none. */
  additionalProperties?: boolean | JsonSchema;
  /** The shape of each item of an array. */
  items?: JsonSchema;
  /** Keys that have to be there. */
  required?: string[];
  /** The texts that are accepted, where not all are. */
  enum?: string[];
  /** Values that editors may offer. */
  examples?: unknown[];
  /** Every other keyword of JSON Schema. */
  [keyword: string]: unknown;
}

/**
 * The contract as JSON Schema draft 7, for editors: key completion, help on
 * hover, and a mark under what is not accepted.
 *
 * It is a little laxer than `validateContract`, which also checks what a
 * schema cannot say, and stricter in one respect: unknown keys are an error
 * to it and a warning to the portal.
 *
 * @public
 */
export function contractJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(ownershipContractSchema, {
    target: 'draft-7',
    io: 'input',
  }) as JsonSchema;
  return {
    $schema,
    $id: `${HOME}/ownership-contract.schema.json`,
    title: 'Ownership contract',
    description: 'What a team answers for.',
    ...closed(schema),
  };
}

/**
 * A catalog entity of kind OwnershipContract as JSON Schema draft 7.
 *
 * @public
 */
export function contractEntityJsonSchema(): JsonSchema {
  const { $schema, properties } = contractJsonSchema();
  return {
    $schema,
    $id: `${HOME}/ownership-contract-entity.schema.json`,
    title: 'OwnershipContract entity',
    description:
      'A contract as a catalog entity of its own, for one or more components.',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: 'service-ownership.io/v1alpha1' },
      kind: { const: 'OwnershipContract' },
      metadata: {
        type: 'object',
        description: 'As of every catalog entity.',
        required: ['name'],
        properties: {
          name: { type: 'string', description: 'Name of the contract.' },
        },
      },
      spec: {
        type: 'object',
        required: ['owner', 'subjects'],
        properties: {
          owner: {
            type: 'string',
            description: 'Who keeps the contract, as an entity reference.',
            examples: ['group:default/payments'],
          },
          subjects: {
            type: 'array',
            description: 'The components it speaks for.',
            minItems: 1,
            maxItems: 500,
            items: {
              type: 'string',
              examples: ['component:default/checkout'],
            },
          },
          contract: {
            type: 'object',
            description:
              'The contract from a file, `$yaml: ./ownership.yaml`, in place of the fields beside it.',
          },
          ...properties,
        },
        additionalProperties: false,
      },
    },
  };
}

/** Objects whose keys are all known accept no others. */
function closed(schema: JsonSchema): JsonSchema {
  const result: JsonSchema = { ...schema };
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [
        key,
        closed(value),
      ]),
    );
    result.additionalProperties = false;
  }
  if (schema.items) {
    result.items = closed(schema.items);
  }
  return result;
}
