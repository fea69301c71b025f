import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
} from '@backstage/catalog-model';
import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import { coreApiVersions, coreKinds } from './coreKinds';
import { describeComplaint } from './describeComplaint';

/**
 * What the catalog asks of every entity. Of a field that does not belong there
 * the schema only says that there is one, so its name is asked for before.
 */
const policies = [
  new NoForeignRootFieldsEntityPolicy(),
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new FieldFormatEntityPolicy(),
];

/** What it asks of its own kinds. Other kinds belong to plugins. */
const kindValidators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

/** More would help nobody. */
const MAX_PROBLEMS = 20;

/**
 * Checks an entity the way the catalog does when it takes it in: envelope,
 * names and the schema of its kind. The catalog names one complaint at a
 * time; here each is repaired in a copy until there is no other.
 *
 * @param options.isUnknown - true for paths whose value is not at hand, for
 *   example because it stands in another file
 *
 * @internal
 */
export async function lintEntity(options: {
  value: object;
  isUnknown: (path: string) => boolean;
}): Promise<Problem[]> {
  const { isUnknown } = options;
  const problems = new Map<string, Problem>();
  // Copied at the first complaint only: most entities have none.
  let copy = options.value as Entity;
  const repaired = new Set<string>();
  for (const check of [enforcePolicies, checkKind]) {
    // What is repaired may have to be repaired again, and is no news.
    for (let round = 0; round < 3 * MAX_PROBLEMS; round += 1) {
      const complaint = await complaintOf(check, copy);
      if (complaint === undefined) {
        break;
      }
      const { problem, repair } = describeComplaint(complaint);
      const isNews = !repaired.has(problem.path) && !isUnknown(problem.path);
      if (isNews && problems.size === MAX_PROBLEMS) {
        return [
          ...problems.values(),
          { path: '', message: 'has more problems of this kind' },
        ];
      }
      if (isNews) {
        problems.set(problem.path, problem);
      }
      if (repaired.size === 0) {
        copy = structuredClone(copy);
      }
      repaired.add(problem.path);
      if (!repair(copy)) {
        break;
      }
    }
  }
  return [...problems.values()];
}

async function complaintOf(
  check: (entity: Entity) => Promise<void>,
  entity: Entity,
): Promise<string | undefined> {
  try {
    await check(entity);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function enforcePolicies(entity: Entity): Promise<void> {
  let current = entity;
  for (const policy of policies) {
    current = (await policy.enforce(current)) ?? current;
  }
}

async function checkKind(entity: Entity): Promise<void> {
  for (const validator of kindValidators) {
    if (await validator.check(entity)) {
      return;
    }
  }
  const { apiVersion, kind } = entity;
  if (!coreKinds.some(core => core.toLowerCase() === kind.toLowerCase())) {
    return;
  }
  if (coreApiVersions.includes(apiVersion)) {
    throw new Error(
      `/kind must be written as the catalog writes it: ${coreKinds.join(', ')}`,
    );
  }
  if (apiVersion.startsWith('backstage.io/')) {
    throw new Error(
      `/apiVersion of this kind must be one of ${coreApiVersions.join(', ')}`,
    );
  }
}
