import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import { isOfCore } from './coreKinds';
import { isTemplated } from './findUnknownValues';

/**
 * Something an entity or a contract refers to.
 *
 * @internal
 */
export interface Reference {
  /** Where it is written. */
  path: string;
  /** As `kind:namespace/name`. */
  ref: string;
  /** What it is there, in words: `owner`. */
  role: string;
}

/** A field of `spec` that names others, and the kind that is meant where none is written. */
interface ReferenceField {
  field: string;
  defaultKind?: string;
  role: string;
}

const FIELDS_OF_ALL: ReferenceField[] = [
  { field: 'owner', defaultKind: 'group', role: 'owner' },
  { field: 'system', defaultKind: 'system', role: 'system' },
  { field: 'domain', defaultKind: 'domain', role: 'domain' },
  {
    field: 'subcomponentOf',
    defaultKind: 'component',
    role: 'component above it',
  },
  { field: 'parent', defaultKind: 'group', role: 'parent' },
];

/** Elsewhere these words may mean anything. */
const FIELDS_OF_CORE: ReferenceField[] = [
  ...FIELDS_OF_ALL,
  { field: 'subdomainOf', defaultKind: 'domain', role: 'domain above it' },
  { field: 'providesApis', defaultKind: 'api', role: 'provided API' },
  { field: 'consumesApis', defaultKind: 'api', role: 'consumed API' },
  { field: 'dependsOn', role: 'dependency' },
  { field: 'dependencyOf', role: 'dependent' },
  { field: 'memberOf', defaultKind: 'group', role: 'team' },
  { field: 'children', defaultKind: 'group', role: 'team below it' },
  { field: 'members', defaultKind: 'user', role: 'member' },
];

/**
 * The owner of an entity, what it is part of and, for the catalog's own kinds,
 * all else the catalog reads relations from; and what of it cannot be read, for
 * which the catalog would refuse the entity.
 *
 * @internal
 */
export function entityReferences(entity: Entity): {
  references: Reference[];
  problems: Problem[];
} {
  const references: Reference[] = [];
  const problems: Problem[] = [];
  const isCore = isOfCore(entity);
  const read = (
    { role, defaultKind }: ReferenceField,
    path: string,
    value: unknown,
  ) => {
    if (typeof value !== 'string' || value === '' || isTemplated(value)) {
      return;
    }
    try {
      const ref = stringifyEntityRef(
        parseEntityRef(value, {
          defaultKind,
          defaultNamespace: entity.metadata.namespace ?? 'default',
        }),
      );
      references.push({ path, ref, role });
    } catch {
      if (isCore) {
        problems.push({ path, message: expectation(value, defaultKind) });
      }
    }
  };
  for (const field of isCore ? FIELDS_OF_CORE : FIELDS_OF_ALL) {
    const path = `spec.${field.field}`;
    const value = entity.spec?.[field.field];
    if (isCore && Array.isArray(value)) {
      value.forEach((item, index) => read(field, `${path}[${index}]`, item));
    } else {
      read(field, path, value);
    }
  }
  return { references, problems };
}

function expectation(value: string, defaultKind = ''): string {
  return `expected a reference such as \`${
    defaultKind || 'resource'
  }:default/some-name\`${
    defaultKind || value.includes(':')
      ? ''
      : ', of which the kind is needed here'
  }, found \`${value.slice(0, 100)}\``;
}
