import type { DiscoveredSlo } from '@service-ownership/backstage-plugin-ownership-node';

/** Annotation of a component: `sloth_service=checkout` or `slo=carts,team=a`. */
export const SLO_SELECTOR = 'service-ownership.io/slo-selector';

/** A component as far as a recorded SLO can name it. */
export interface NamedComponent {
  entityRef: string;
  kind: string;
  name: string;
  /** Its annotation `service-ownership.io/slo-selector`, as written. */
  selector?: string;
}

/** Why an SLO is nobody's. */
interface Unassigned {
  reason: string;
  /** Whether an annotation that selects it would make it one's. */
  claimable: boolean;
}

/**
 * Finds the component a recorded SLO belongs to. Nothing is guessed: where it
 * is not exactly one, the reason says what would make it so.
 *
 * 1. The one whose annotation selects the labels of the SLO.
 * 2. The one the labels name, as a full ref or by its name; of several of one
 *    name the one of kind Component.
 */
export function assignSlo(
  slo: Pick<DiscoveredSlo, 'labels' | 'component'>,
  components: readonly NamedComponent[],
): { entityRef: string } | Unassigned {
  const selecting = components.filter(
    ({ selector }) => selector !== undefined && selects(selector, slo.labels),
  );
  if (selecting.length === 1) {
    return { entityRef: selecting[0].entityRef };
  }
  if (selecting.length > 1) {
    return {
      reason: `${describe(
        selecting,
      )} select it with ${SLO_SELECTOR}; only one can`,
      claimable: false,
    };
  }
  const { component } = slo;
  if (component === undefined) {
    return {
      reason: `none of its labels names a component; select it with the annotation ${SLO_SELECTOR} of one`,
      claimable: true,
    };
  }
  const wanted = component.toLocaleLowerCase('en-US');
  const named = components.filter(({ entityRef, name }) =>
    wanted.includes('/')
      ? entityRef === wanted
      : name.toLocaleLowerCase('en-US') === wanted,
  );
  const proper = named.filter(({ kind }) => kind === 'component');
  const [chosen, ...others] = proper.length > 0 ? proper : named;
  if (chosen && others.length === 0) {
    return { entityRef: chosen.entityRef };
  }
  return {
    reason: chosen
      ? `${describe([
          chosen,
          ...others,
        ])} are called ${component}; select it with the annotation ${SLO_SELECTOR} of one`
      : `no component is called ${component.slice(0, 100)}`,
    claimable: true,
  };
}

function selects(selector: string, labels: Record<string, string>): boolean {
  return selector.split(',').every(pair => {
    const at = pair.indexOf('=');
    const label = pair.slice(0, at).trim();
    return (
      at > 0 &&
      Object.hasOwn(labels, label) &&
      labels[label] === pair.slice(at + 1).trim()
    );
  });
}

function describe(components: NamedComponent[]): string {
  const refs = components.map(({ entityRef }) => entityRef).sort();
  return refs.length > 3
    ? `${refs.slice(0, 3).join(', ')} and ${refs.length - 3} more`
    : refs.join(' and ');
}
