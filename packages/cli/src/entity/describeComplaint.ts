import type { Problem } from '@service-ownership/backstage-plugin-ownership-common';
import { pathOf } from './pathOf';

/**
 * What the catalog complained about, as a problem with a path, and how to get
 * it out of the way so that the next complaint can be heard.
 *
 * @internal
 */
export function describeComplaint(complaint: string): {
  problem: Problem;
  /** Changes the entity so that this complaint does not come again; false where it cannot. */
  repair(entity: object): boolean;
} {
  // Schemas: `/spec must have required property 'owner' - missingProperty: owner`.
  const bySchema =
    /^(?:Malformed envelope, )?(\/\S*|<root>) (.*?)(?: - (\w+): (.*))?$/s.exec(
      complaint,
    );
  if (bySchema) {
    const [, pointer, message, keyword, detail] = bySchema;
    const steps =
      pointer === '<root>'
        ? []
        : pointer
            .slice(1)
            .split('/')
            .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
    const missing =
      /must have required property '([^']+)'/.exec(message)?.[1] ??
      (keyword === 'missingProperty' ? detail : undefined);
    if (missing !== undefined) {
      return {
        problem: { path: pathOf([...steps, missing]), message: 'is missing' },
        repair: entity => put(entity, [...steps, missing], 'x'),
      };
    }
    return {
      problem: {
        path: pathOf(steps),
        message: accepted(message, keyword, detail),
      },
      repair: entity => put(entity, steps, undefined),
    };
  }
  // Names: `"metadata.name" is not valid; expected a string that …`.
  const byFormat =
    /^"([^"]+)" is not valid; ?(.*?)(?: To learn more about .*)?$/s.exec(
      complaint,
    );
  if (byFormat) {
    const steps = stepsOf(byFormat[1]);
    return {
      problem: {
        path: pathOf(steps),
        message: (byFormat[2] || 'is not valid').slice(0, 300),
      },
      repair: entity => put(entity, steps, undefined),
    };
  }
  const foreign = /^Unknown field (\S+)$/.exec(complaint);
  if (foreign) {
    return {
      problem: {
        path: foreign[1],
        message:
          'is not a field of an entity; expected apiVersion, kind, metadata and spec',
      },
      repair: entity => put(entity, [foreign[1]], undefined),
    };
  }
  return {
    problem: { path: '', message: complaint.slice(0, 300) },
    repair: () => false,
  };
}

function accepted(message: string, keyword?: string, detail?: string): string {
  if (keyword === 'allowedValues') {
    return `must be one of ${detail?.split(',').join(', ')}`;
  }
  if (/fewer than 1 characters/.test(message)) {
    return 'must not be empty';
  }
  return message;
}

/** `labels.a.b/c` has one key after `labels`; `links.0.url` has an index. */
function stepsOf(field: string): string[] {
  const [head, ...rest] = field.split('.');
  switch (head) {
    case 'labels':
    case 'annotations':
      return ['metadata', head, rest.join('.')];
    case 'tags':
    case 'links':
      return ['metadata', head, ...rest];
    default:
      return [head, ...rest];
  }
}

function put(entity: object, steps: string[], value: unknown): boolean {
  let holder: any = entity;
  for (const step of steps.slice(0, -1)) {
    holder = holder?.[step];
  }
  const last = steps[steps.length - 1];
  if (typeof holder !== 'object' || holder === null || last === undefined) {
    return false;
  }
  if (value === undefined && Array.isArray(holder)) {
    // A hole would be the next complaint, and so would whatever moves up.
    holder[Number(last)] = steps.includes('links') ? { url: 'x' } : 'x';
  } else if (value === undefined) {
    delete holder[last];
  } else {
    holder[last] = value;
  }
  return true;
}
