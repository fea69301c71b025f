import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { CONTRACT_FILE_ANNOTATION } from './annotations';
import { isRefText } from './refText';
import type { ContractSource } from './types';

/** Keys of `spec` of an OwnershipContract entity that are not the contract's. */
const ENVELOPE_KEYS = new Set([
  'owner',
  'subjects',
  'type',
  'system',
  'domain',
]);

/** Most components one OwnershipContract entity may speak for. */
const MAX_SUBJECTS = 500;

/** Of ours: others may have a kind of that name in a group of their own. */
function isContractEntity({ apiVersion, kind }: Entity): boolean {
  return (
    kind.toLowerCase() === 'ownershipcontract' &&
    /^service-ownership\.io\//.test(apiVersion)
  );
}

/**
 * The contract an entity carries itself, inline or read from a file beside it.
 * Empty if it carries none; an entity of kind OwnershipContract, of the API
 * group `service-ownership.io`, gives its own.
 *
 * @public
 */
export function contractSourcesOf(entity: Entity): ContractSource[] {
  if (isContractEntity(entity)) {
    return [
      {
        form: 'entity',
        entityRef: stringifyEntityRef(entity),
        document: contractDocumentOf(entity),
      },
    ];
  }
  const document = entity.spec?.ownershipContract;
  if (document === undefined) {
    return [];
  }
  return [
    {
      form: entity.metadata.annotations?.[CONTRACT_FILE_ANNOTATION]
        ? 'file'
        : 'inline',
      entityRef: stringifyEntityRef(entity),
      document,
    },
  ];
}

/**
 * What an entity of kind OwnershipContract says: the contract's fields stand
 * in `spec` beside `owner` and `subjects`, or together in `spec.contract`,
 * which may be a placeholder for a file.
 */
function contractDocumentOf(contractEntity: Entity): unknown {
  const spec = contractEntity.spec ?? {};
  if (spec.contract !== undefined) {
    return spec.contract;
  }
  return Object.fromEntries(
    Object.entries(spec).filter(([key]) => !ENVELOPE_KEYS.has(key)),
  );
}

/**
 * The components an OwnershipContract entity speaks for, as canonical refs
 * without repetition. A ref without kind means a component, one without
 * namespace is in the namespace of the contract. What cannot be read as a ref
 * is left out and named in `errors`. An entity of another API group speaks for
 * nothing.
 *
 * @public
 */
export function contractSubjectsOf(contractEntity: Entity): {
  subjects: string[];
  errors: string[];
} {
  if (!isContractEntity(contractEntity)) {
    return { subjects: [], errors: [] };
  }
  const listed = contractEntity.spec?.subjects;
  if (!Array.isArray(listed) || listed.length === 0) {
    return {
      subjects: [],
      errors: [
        '`spec.subjects` is missing; expected a list such as `[component:default/checkout]`',
      ],
    };
  }
  const subjects = new Set<string>();
  const errors: string[] = [];
  if (listed.length > MAX_SUBJECTS) {
    errors.push(
      `\`spec.subjects\` has ${listed.length} entries; only the first ${MAX_SUBJECTS} count`,
    );
  }
  listed.slice(0, MAX_SUBJECTS).forEach((subject, index) => {
    if (typeof subject === 'string' && isRefText(subject)) {
      subjects.add(
        stringifyEntityRef(
          parseEntityRef(subject, {
            defaultKind: 'component',
            defaultNamespace: contractEntity.metadata.namespace ?? 'default',
          }),
        ),
      );
    } else {
      errors.push(
        `\`spec.subjects[${index}]\` is not a reference such as \`component:default/checkout\``,
      );
    }
  });
  return { subjects: [...subjects], errors };
}
