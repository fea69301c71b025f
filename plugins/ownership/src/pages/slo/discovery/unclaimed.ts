import type { SloDiscovery } from '@service-ownership/backstage-plugin-ownership-common';

type Found = SloDiscovery['items'][number]['unassigned'][number];

/**
 * Something that was found, with the server it was found on.
 *
 * @internal
 */
export interface FoundItem extends Found {
  /** Source and server: `prometheus/main`. */
  discoveredBy: string;
}

/**
 * SLOs that a component could have, and what is none.
 *
 * @internal
 */
export function unclaimed(discovery: SloDiscovery): {
  slos: Array<FoundItem & { slo: string }>;
  problems: FoundItem[];
} {
  const found = discovery.items.flatMap(({ discoveredBy, unassigned }) =>
    unassigned.map(item => ({ ...item, discoveredBy })),
  );
  const slos = found.filter(isNamed);
  return {
    // Those whose component has one of that name already are the least urgent.
    slos: [
      ...slos.filter(({ entityRef }) => entityRef === undefined),
      ...slos.filter(({ entityRef }) => entityRef !== undefined),
    ],
    problems: found.filter(item => !isNamed(item)),
  };
}

function isNamed(item: FoundItem): item is FoundItem & { slo: string } {
  return item.slo !== undefined;
}
