import { normalizeRef } from '../directory';

/**
 * A line of the configuration that says which component a service is. A `*`
 * stands for anything and may occur once in each pattern; `$1` in `entityRef`
 * is what it stood for in `subject`.
 *
 * @public
 */
export interface ServiceMapping {
  /** Pattern of the source; any without. */
  source?: string;
  /** Pattern of the id: `service/*`. */
  subject: string;
  /** The component: `component:default/$1`. */
  entityRef: string;
}

/**
 * Which component an event is about: the one it names outright, else the first
 * mapping that fits its service, else the component called like the service.
 * `message` says why there is none.
 *
 * @public
 */
export function componentOfService(options: {
  entityRef?: string;
  service?: { id: string; source: string };
  mappings: readonly ServiceMapping[];
  /** Canonical refs of the known components that `candidateRefs` names. */
  isKnown(ref: string): boolean;
  /** Canonical refs of the known components of a lower-case name. */
  named(name: string): readonly string[];
}): { ref: string } | { message: string } {
  const { service, mappings, isKnown, named } = options;
  const written =
    options.entityRef ?? (service && mappedRef(service, mappings));
  if (written !== undefined) {
    const ref = normalizeRef(written, { kind: 'component' });
    return ref && isKnown(ref)
      ? { ref }
      : {
          message: `${
            ref ?? written
          } is not among the components of the last scan`,
        };
  }
  if (!service) {
    return {
      message:
        'the event names no component: give subject.content.service.id or customData.entityRef',
    };
  }
  const direct = /^\w+:/.test(service.id)
    ? normalizeRef(service.id, { kind: 'component' })
    : undefined;
  if (direct && isKnown(direct)) {
    return { ref: direct };
  }
  const found = named(serviceName(service));
  if (found.length === 1) {
    return { ref: found[0] };
  }
  return {
    message:
      found.length > 1
        ? `${service.id} may be any of ${found
            .slice(0, 5)
            .join(', ')}; name one in customData.entityRef`
        : `no component is called like the service ${service.id}; map it under ownership.measures.services or name it in customData.entityRef`,
  };
}

/**
 * The refs and the name an event may turn out to be about, to be looked up for
 * many events at once.
 *
 * @public
 */
export function candidatesOf(options: {
  entityRef?: string;
  service?: { id: string; source: string };
  mappings: readonly ServiceMapping[];
}): { refs: string[]; name?: string } {
  const { entityRef, service, mappings } = options;
  const refs = [
    entityRef,
    service && mappedRef(service, mappings),
    service?.id,
  ].flatMap(text => {
    const ref = text && normalizeRef(text, { kind: 'component' });
    return ref ? [ref] : [];
  });
  return { refs, name: service && serviceName(service) };
}

// `service/checkout`, `daemonset/checkout` and `checkout` are called checkout.
function serviceName({ id }: { id: string }): string {
  return id.slice(id.lastIndexOf('/') + 1).toLocaleLowerCase('en-US');
}

function mappedRef(
  service: { id: string; source: string },
  mappings: readonly ServiceMapping[],
): string | undefined {
  for (const { source = '*', subject, entityRef } of mappings) {
    const star = matchStar(subject, service.id);
    if (star !== undefined && matchStar(source, service.source) !== undefined) {
      return entityRef.split('$1').join(star);
    }
  }
  return undefined;
}

/**
 * What the star of a pattern stands for in a text; `undefined` where the
 * pattern does not fit. Without a star both have to be the same.
 *
 * @internal
 */
export function matchStar(pattern: string, text: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at < 0) {
    return pattern === text ? '' : undefined;
  }
  const before = pattern.slice(0, at);
  const after = pattern.slice(at + 1);
  return text.length >= before.length + after.length &&
    text.startsWith(before) &&
    text.endsWith(after)
    ? text.slice(before.length, text.length - after.length)
    : undefined;
}
